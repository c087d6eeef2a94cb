"""The cards of the front page: the table of the repository's README, by its groups."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from docs_site.includes import relinked, sections
from docs_site.project import ROOT, DocsError, homes, title_of

ROW = re.compile(r"^\| \[`(?P<distribution>[\w-]+)`\]\((?P<path>[\w./-]+)\) \| (?P<text>.+?) \|$")
GROUP = re.compile(r"^\| \*\*(?P<title>.+?)\*\* \| \|$")
SECTION = "What there is"


def groups() -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the groups of the README's table, each with its distributions: name, path and text."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = next((body for _, title, body in sections(text.splitlines()) if title == SECTION), [])
    found: list[tuple[str, list[dict[str, Any]]]] = [("The core", [])]
    for line in lines:
        if match := GROUP.match(line):
            found.append((match["title"], []))
        elif match := ROW.match(line):
            found[-1][1].append(match.groupdict())
    if not any(rows for _, rows in found):
        raise DocsError(f"README.md has no table of packages under {SECTION!r}")
    return [(title, rows) for title, rows in found if rows]


def cards(page: str) -> str:
    """Return a card for each distribution, under the headings of the README's table."""
    parts = []
    for title, rows in groups():
        parts += [f"### {title}", "", '<div class="grid cards lp-cards" markdown>', ""]
        for row in rows:
            home = homes().get(row["path"])
            if home is None:
                raise DocsError(f"README.md names {row['path']}, and no page covers it")
            link = posixpath.relpath(home, posixpath.dirname(page) or ".")
            (text,) = relinked([row["text"]], "", page)
            parts += [f"-   **[{title_of(home)}]({link})**", "", f"    {text[:1].upper()}{text[1:]}", ""]
        parts += ["</div>", ""]
    return "\n".join(parts)
