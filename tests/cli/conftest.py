"""Throwaway functions and site folders, and the real command run on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "serve"))  # the tests' own package, serve_support

from serve_support.server import Server


class Finished(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def clean_environment(**extra):
    """Return this process's environment without what would configure the command or the function."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("POWERTOOLS_", "AWS_", "_X_AMZN"))}
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONWARNINGS"):
        kept.pop(name, None)
    return kept | extra


@pytest.fixture
def project(tmp_path):
    """An empty folder for a function; call it with file names and texts to fill it."""
    folder = tmp_path / "project"
    folder.mkdir()

    def write(**files):
        for name, text in files.items():
            (folder / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        return folder

    write.folder = folder
    return write


@pytest.fixture
def powertools(project):
    """Run the command in the project's folder, in a process of its own, and return how it finished."""

    def run(*arguments, stdin="", env=None, python=(sys.executable,)):
        result = subprocess.run(
            [*python, "-m", "lambda_powertools.cli", *arguments],
            cwd=project.folder,
            env=clean_environment(**(env or {})),
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Finished(result.returncode, result.stdout, result.stderr)

    return run


@pytest.fixture
def site(tmp_path):
    """Make a folder with a distribution for each plugin: `site(audit="class body", …)` returns the folder.

    The plugin `audit` is the class `Plug` of the module `audit_plugin`, of the distribution `audit-dist` 1.0.
    """

    def make(folder="site", **plugins):
        root = tmp_path / folder
        for name, body in plugins.items():
            metadata = root / f"{name}_dist-1.0.dist-info"
            metadata.mkdir(parents=True)
            (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-dist\nVersion: 1.0\n")
            (metadata / "entry_points.txt").write_text(f"[lambda_powertools.plugins]\n{name} = {name}_plugin:Plug\n")
            head = "from lambda_powertools.core import Plugin, hookimpl\n"
            text = body if body.startswith("raise") or "class Plug" in body else f"class Plug(Plugin[None]):\n{body}"
            (root / f"{name}_plugin.py").write_text(head + text + "\n", encoding="utf-8")
        return root

    return make


@pytest.fixture
def bare(tmp_path):
    """A Python without site-packages, in which only the command itself can be imported: no plugin, no emulator.

    Returns how to start it, and the path to give it as PYTHONPATH.
    """
    import click
    import pluggy
    import rich

    import lambda_powertools

    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for module in (click, pluggy, rich):
        source = Path(module.__file__).parent
        (libraries / source.name).symlink_to(source, target_is_directory=True)
    sources = [str(Path(folder).parent) for folder in lambda_powertools.__path__]
    return (sys.executable, "-S"), [str(libraries), *sources]


@pytest.fixture
def serve(project):
    """Serve a handler of the project's folder in a process of its own: `serve("app:handler", "--as", "rest")`."""
    started = []

    def start(*arguments, env=None):
        started.append(Server(arguments, project.folder, clean_environment(**(env or {}))))
        return started[-1]

    yield start
    for server in started:
        server.close()
