"""The repository as the site sees it: its packages, and which page tells of which file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent.parent
PAGES = ROOT / "docs"
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class DocsError(Exception):
    """A page asks for something that is not there; the message names the page or the file, and what to mend."""


@dataclass(frozen=True)
class Package:
    """One folder of `packages/` that has a module."""

    folder: Path
    module: str
    source: Path = field(repr=False)

    @property
    def name(self) -> str:
        """The folder's name, as in `data-classes`."""
        return self.folder.name


def packages(root: Path = ROOT) -> list[Package]:
    """Return the packages that have a module, by name."""
    found = []
    for pyproject in sorted(root.glob("packages/*/pyproject.toml")):
        folder = pyproject.parent
        for top in sorted((folder / "src").glob("*")):
            if top.name == "lambda_powertools":
                source = top / folder.name.replace("-", "_")
                found.append(Package(folder, f"lambda_powertools.{source.name}", source))
            elif (top / "__init__.py").is_file():
                found.append(Package(folder, top.name, top))
    return found


def package_named(name: str) -> Package:
    """Return a package by the name of its folder."""
    for package in packages():
        if package.name == name:
            return package
    raise DocsError(f"there is no package {name!r} with a module under packages/")


def split_front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """Return the lists of a page's front matter, and the rest: `covers: a, b` is the list of a and b."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    values = {}
    for line in match[1].splitlines():
        name, _, value = line.partition(":")
        values[name.strip()] = [part.strip() for part in value.split(",") if part.strip()]
    return values, text[match.end() :]


@cache
def pages() -> dict[str, dict[str, list[str]]]:
    """Return the front matter of every page, by its path below `docs/`."""
    return {
        path.relative_to(PAGES).as_posix(): split_front_matter(path.read_text(encoding="utf-8"))[0]
        for path in sorted(PAGES.rglob("*.md"))
    }


def title_of(page: str) -> str:
    """Return the title of a page below `docs/`."""
    match = re.search(r"^# (.+)$", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE)
    if match is None:
        raise DocsError(f"docs/{page} has no title")
    return match[1]


@cache
def homes() -> dict[str, str]:
    """Return, for each file or folder of the repository that a page says it `covers`, that page."""
    found: dict[str, str] = {}
    for page, front in pages().items():
        for path in front.get("covers", []):
            if not (ROOT / path).exists():
                raise DocsError(f"docs/{page} covers {path!r}, which does not exist")
            if path in found:
                raise DocsError(f"docs/{page} and docs/{found[path]} both cover {path!r}")
            found[path] = page
    return found
