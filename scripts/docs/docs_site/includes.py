"""Parts of READMEs and other Markdown files of the repository, put into a page: one source of truth for both."""

from __future__ import annotations

import os
import posixpath
import re
from itertools import groupby
from typing import TYPE_CHECKING

from docs_site.project import ROOT, DocsError, homes, pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FENCE = re.compile(r"^(```+|~~~+)")
HEADING = re.compile(r"^(#{1,6}) (.+?)\s*$")
LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\])\(([^()\s]+)\)")
IMAGES = (".svg", ".png")


def include(path: str, page: str, *, only: str = "", without: str = "", drop: str = "", intro: str = "") -> str:
    """Return a Markdown file without its title, its links made to fit the page.

    Args:
        path: the file, from the top of the repository.
        page: the page that includes it, below `docs/`.
        only: titles of the `##` sections to take, in that order, separated by semicolons; all without it.
        without: titles of the sections to leave out, of any level.
        drop: beginnings of a row of tables to leave out, where the page has a generated one in their stead.
        intro: `yes` to take what stands before the first section too.
    """
    source = ROOT / path
    if not source.is_file():
        raise DocsError(f"docs/{page} includes {path!r}, which does not exist")
    blocks = list(sections(source.read_text(encoding="utf-8").splitlines()))
    lines = chosen(blocks, listed(only), listed(without), keep_intro=bool(intro), where=f"docs/{page}: {path}")
    lines = without_tables(lines, listed(drop), where=f"docs/{page}: {path}")
    return "\n".join(relinked(lines, posixpath.dirname(path), page)).strip("\n")


def listed(text: str) -> list[str]:
    """Return the items of a list written with semicolons."""
    return [item.strip() for item in text.split(";") if item.strip()]


def outside_fences(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it stands outside of code."""
    fence = ""
    for line in lines:
        match = FENCE.match(line)
        if fence:
            yield line, False
            if match and line.strip() == fence:
                fence = ""
        elif match:
            fence = match[1]
            yield line, False
        else:
            yield line, not line.startswith("    ")


def sections(lines: Iterable[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Yield level, title and lines of each section; what stands before the first heading has level 0."""
    level, title, body = 0, "", []
    for line, is_text in outside_fences(lines):
        match = HEADING.match(line) if is_text else None
        if match:
            yield level, title, body
            level, title, body = len(match[1]), match[2], [line]
        else:
            body.append(line)
    yield level, title, body


def chosen(
    blocks: list[tuple[int, str, list[str]]], only: list[str], without: list[str], *, keep_intro: bool, where: str
) -> list[str]:
    """Return the lines of the sections that are asked for; a section brings its subsections along."""
    titles = {title for _, title, _ in blocks}
    missing = [title for title in [*only, *without] if title not in titles]
    if missing:
        raise DocsError(f"{where} has no section {missing[0]!r}: it has {', '.join(sorted(titles - {''}))}")
    groups: dict[str, list[str]] = {}
    group, skipping = "", 0
    for level, title, body in blocks:
        if skipping and level > skipping:
            continue
        skipping = level if title in without else 0
        if skipping:
            continue
        if level <= 1:
            groups.setdefault("", []).extend(body[1:] if level else body)
            continue
        group = title if level == 2 else group
        groups.setdefault(group, []).extend(["", *body])
    order = only or [title for title in groups if title or keep_intro]
    return [line for title in order for line in groups.get(title, [])]


def without_tables(lines: list[str], starts: list[str], where: str) -> list[str]:
    """Leave out the tables that have a row which begins with one of these texts."""
    kept: list[str] = []
    used: set[str] = set()
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        rows = list(group)
        found = {start for start in starts for row in rows if is_table and row.startswith(f"| {start}")}
        used |= found
        if not found:
            kept += rows
    unused = [start for start in starts if start not in used]
    if unused:
        raise DocsError(f"{where} has no table that begins with {unused[0]!r}")
    return kept


def relinked(lines: Iterable[str], folder: str, page: str) -> Iterator[str]:
    """Yield the lines with links that lead where they led from the folder."""
    for line, is_text in outside_fences(lines):
        yield LINK.sub(lambda match: f"{match[1]}({target(match[2], folder, page)})", line) if is_text else line


def target(link: str, folder: str, page: str) -> str:
    """Return a link of a file in the folder as the page has to write it."""
    if link.startswith(("#", "http://", "https://")):
        return link
    path, hash_sign, anchor = link.partition("#")
    path = posixpath.normpath(posixpath.join(folder, path))
    here = posixpath.dirname(page) or "."
    if path.endswith(IMAGES):
        return posixpath.relpath(asset(path), here)
    home = home_of(path)
    if home is None:
        raise DocsError(f"docs/{page}: no page covers {path!r}, to which an included text links")
    return posixpath.relpath(home, here) + hash_sign + anchor


def home_of(path: str) -> str | None:
    """Return the page that tells of a file of the repository."""
    known = homes()
    if path.removeprefix("docs/") in pages():
        return path.removeprefix("docs/")
    for candidate in (path, path.removesuffix("/README.md"), f"{path}/README.md"):
        if candidate in known:
            return known[candidate]
    if path.endswith(".py") and path.startswith("packages/") and (ROOT / path).is_file():
        return f"reference/{path.split('/')[1]}.md"
    return None


def asset(path: str) -> str:
    """Return where an image of the repository stands in the site."""
    return f"assets/included/{path}"


def assets() -> dict[str, str]:
    """Return the images that included texts may show: where they stand in the site, and in the repository."""
    found = [*ROOT.glob("packages/*/docs/*"), *ROOT.glob("benchmarks/*.svg")]
    paths = [path.relative_to(ROOT).as_posix() for path in found if path.suffix in IMAGES]
    return {asset(path): os.fspath(ROOT / path) for path in sorted(paths)}
