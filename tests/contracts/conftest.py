from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest  # pytest reads the annotations of its hooks

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))

NO_MODULE = {"lambda-powertools"}
"""The distribution that has no code of its own."""
FOREIGN_NAMESPACE = {"compat": "aws_lambda_powertools"}
"""The one package outside the namespace: it answers for import paths that others have made known."""


class Package:
    """One folder under packages/, with what its pyproject.toml says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name
        self.module = folder.name.replace("-", "_")
        self.pyproject: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        self.project: dict[str, Any] = self.pyproject["project"]

    def __repr__(self) -> str:
        return self.name

    @property
    def has_module(self) -> bool:
        return self.name not in NO_MODULE

    @property
    def import_name(self) -> str:
        return FOREIGN_NAMESPACE.get(self.name, f"lambda_powertools.{self.module}")

    @property
    def source(self) -> Path:
        return self.folder.joinpath("src", *self.import_name.split("."))

    @property
    def about(self) -> Path:
        return self.source / "__about__.py" if self.has_module else self.folder / "__about__.py"

    @property
    def version(self) -> str:
        found: dict[str, str] = {}
        exec(self.about.read_text(encoding="utf-8"), found)  # noqa: S102  # one assignment, ours
        return found["__version__"]

    def modules(self) -> Iterator[str]:
        if not self.has_module:
            return
        for path in sorted(self.source.rglob("*.py")):
            if path.name == "__main__.py":
                continue  # runs a command when it is imported
            dotted = ".".join(path.relative_to(self.folder / "src").with_suffix("").parts)
            yield dotted.removesuffix(".__init__")


ALL = [Package(folder) for folder in PACKAGES]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `package` once for every folder under packages/, for `module` once for every module."""
    if "package" in metafunc.fixturenames:
        metafunc.parametrize("package", ALL, ids=str)
    if "module" in metafunc.fixturenames:
        metafunc.parametrize("module", [module for package in ALL for module in package.modules()])


@pytest.fixture
def all_modules() -> list[str]:
    """The names of all modules of all packages."""
    return [module for package in ALL for module in package.modules()]
