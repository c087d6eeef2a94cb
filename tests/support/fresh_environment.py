"""Virtual environments made in a second, without an index: from wheels built here and from what is installed here."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from packaging.requirements import Requirement


class FreshEnvironment:
    """A virtual environment that holds what is put into it, and nothing else."""

    def __init__(self, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        self.folder = folder
        self.python = folder / "bin" / "python"
        self.site = next((folder / "lib").glob("python*/site-packages"))

    def install_wheel(self, wheel: Path) -> None:
        """Unpack a wheel, as an installer does."""
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(self.site)

    def build_and_install(self, project: Path, *, editable: bool = False) -> None:
        """Build a project's wheel with its own build backend, and install it."""
        target = self.folder / "wheels" / project.name
        target.mkdir(parents=True)
        hook = "build_editable" if editable else "build_wheel"  # as installers call them
        build = f"from hatchling.build import {hook}; {hook}({str(target)!r})"
        subprocess.run([sys.executable, "-c", build], cwd=project, check=True, capture_output=True)
        self.install_wheel(next(target.glob("*.whl")))

    def copy_installed(self, *names: str) -> None:
        """Copy distributions that are installed here, with all that they need."""
        waiting, done = list(names), set()
        while waiting:
            name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
            if name in done:
                continue
            done.add(name)
            distribution = importlib.metadata.distribution(name)
            for file in distribution.files or ():
                source = Path(distribution.locate_file(file))
                if ".." not in file.parts and source.is_file() and source.suffix != ".pyc":
                    (self.site / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source, self.site / file)
            for text in distribution.requires or ():
                requirement = Requirement(text)
                if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                    waiting.append(requirement.name)

    def use_everything_here(self) -> None:
        """Let it have all that is installed here, editable distributions included."""
        here = Path(importlib.metadata.distribution("pytest").locate_file(""))
        (self.site / "here.pth").write_text(f"import site; site.addsitedir({str(here)!r})\n")

    def run(self, *arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run its Python, with nothing of this process's environment that could lead it elsewhere."""
        return subprocess.run(
            [str(self.python), *map(str, arguments)],
            cwd=cwd,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
