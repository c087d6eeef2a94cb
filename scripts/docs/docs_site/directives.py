"""What a page may ask for: `<!-- docs:NAME arguments -->` on a line of its own."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from docs_site.errors import errors_table
from docs_site.front import cards
from docs_site.hooks_reference import hooks_reference
from docs_site.includes import include
from docs_site.options import options_table
from docs_site.plugins import plugins_table
from docs_site.project import PAGES, DocsError, package_named, split_front_matter
from docs_site.settings import read_by, settings_table, variables

if TYPE_CHECKING:
    from collections.abc import Callable

DIRECTIVE = re.compile(r"^<!-- docs:(?P<name>[\w-]+)(?P<arguments>.*?)-->$", re.MULTILINE)


def _include(page: str, path: str, **chosen: str) -> str:
    return include(path, page, **chosen)


def _readme(page: str, package: str, **chosen: str) -> str:
    return include(f"packages/{package}/README.md", page, **chosen)


def _options(_: str, dotted: str) -> str:
    return options_table(dotted)


def _settings(_: str, package: str) -> str:
    names = read_by(package_named(package))
    return settings_table(names) if names else "None: this package reads no variable of its own."


def _all_settings(_: str) -> str:
    return settings_table(list(variables()))


def _errors(_: str, *modules: str) -> str:
    return errors_table(list(modules))


def _hooks(_: str) -> str:
    return hooks_reference()


DIRECTIVES: dict[str, Callable[..., str]] = {
    "include": _include,
    "readme": _readme,
    "options": _options,
    "settings": _settings,
    "all-settings": _all_settings,
    "errors": _errors,
    "hooks": _hooks,
    "packages": cards,
    "plugins": plugins_table,
}


def expand(markdown: str, page: str) -> str:
    """Return a page's Markdown with every directive replaced by what it asks for.

    Raises:
        DocsError: a directive is unknown, its arguments do not fit, or what it asks for is not there.
    """

    def replace(match: re.Match[str]) -> str:
        directive = DIRECTIVES.get(match["name"])
        if directive is None:
            raise DocsError(f"docs/{page}: there is no directive {match['name']!r}: there are {', '.join(DIRECTIVES)}")
        words = shlex.split(match["arguments"])
        named = dict(word.split("=", 1) for word in words if re.match(r"^\w+=", word))
        try:
            return directive(page, *(word for word in words if not re.match(r"^\w+=", word)), **named)
        except TypeError as error:
            raise DocsError(f"docs/{page}: {match[0]}: {error}") from None

    return DIRECTIVE.sub(replace, markdown)


def expanded(page: str) -> str:
    """Return a page below `docs/` as the site shows it, in Markdown."""
    return expand(split_front_matter((PAGES / page).read_text(encoding="utf-8"))[1], page)
