"""Rewrites what files require of the original: `requirements*.txt` and `pyproject.toml`.

Both are changed as text, so that comments, order and layout stay; a `pyproject.toml` is then read again and compared
with what it ought to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambda_powertools.cli.exceptions import CliError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ORIGINAL = "aws-lambda-powertools"
RANGE = ">=0.1,<1"
"""Versions that are asked for: those with the import paths of the table."""

Needed = list[tuple[str, tuple[str, ...]]]
"""Distributions with their extras."""

_NEWLINE = "\n"
"""Ends a line that is the last one, and had no end, before another one."""

_NAME = r"aws[-_.]+lambda[-_.]+powertools"
_REQUIREMENT = re.compile(
    rf"(?P<indent>[ \t]*){_NAME}[ \t]*(?:\[(?P<extras>[^\]]*)\])?(?P<version>[^;#\\\n]*?)"
    r"(?P<marker>[ \t]*;[^#\\\n]*?)?(?P<comment>[ \t]+#.*)?",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"(?P<quote>[\"']){_NAME}[ \t]*(?:\[(?P<extras>[^\]\n]*)\])?(?P<version>[^;\"'\n]*)"
    r"(?P<marker>;[^\n]*?)?(?P=quote)",
    re.IGNORECASE,
)
_ENTRY = re.compile(rf"(?P<indent>[ \t]*)(?P<quote>[\"']?){_NAME}(?P=quote)[ \t]*=[ \t]*(?P<value>.*)", re.IGNORECASE)
_POETRY = re.compile(r"[ \t]*\[tool\.poetry(\.group\.[^.\]]+)?\.(dev-)?dependencies\][ \t]*(#.*)?")
_DETAILS = re.compile(rf"[ \t]*\[.*\.[\"']?{_NAME}[\"']?[ \t]*\]", re.IGNORECASE)


class UnclearRequirementError(CliError):
    """A requirement that cannot be rewritten; its text says why and what to do."""


def names_original(text: str) -> bool:
    """Tell whether a file may require the original."""
    return re.search(_NAME, text, re.IGNORECASE) is not None


def normalised(extras: str | None) -> list[str]:
    """Return the extras in brackets, each as it is compared."""
    return [re.sub(r"[-_.]+", "-", extra.strip()).lower() for extra in (extras or "").split(",") if extra.strip()]


def specifier(name: str, extras: tuple[str, ...], marker: str = "") -> str:
    """Return a requirement of one of these packages."""
    return f"{name}{'[' + ','.join(extras) + ']' if extras else ''}{RANGE}{marker}"


def migrate_requirements(text: str, needed: Callable[[list[str]], Needed]) -> str:
    """Rewrite a requirements file.

    Args:
        text: all of it.
        needed: gives what is required instead, for the extras that were required of the original.

    Raises:
        UnclearRequirementError: the requirement has hashes, or is an address.
    """
    lines = text.splitlines(keepends=True)
    return "".join("".join(_requirement_lines(line, needed)) for line in lines)


def _requirement_lines(line: str, needed: Callable[[list[str]], Needed]) -> Iterator[str]:
    content = line.rstrip("\r\n")
    end = line[len(content) :]
    found = _REQUIREMENT.fullmatch(content)
    if found is None or re.match(r"[-_.\w]", found["version"]):
        if re.match(rf"[ \t]*{_NAME}\b(?![-_.]*\w)", content, re.IGNORECASE):
            raise UnclearRequirementError(f"{content.strip()}: hashes and addresses are not rewritten; do it by hand")
        yield line
        return
    if "@" in found["version"]:
        raise UnclearRequirementError(f"{content.strip()}: an address is not rewritten; do it by hand")
    marker = (found["marker"] or "").rstrip()
    wanted = [specifier(name, extras, marker) for name, extras in needed(normalised(found["extras"]))]
    if not wanted:
        raise UnclearRequirementError(f"{content.strip()}: no code here imports it; remove it if it is not needed")
    for number, requirement in enumerate(wanted):
        comment = (found["comment"] or "") if number == 0 else ""
        is_last = number == len(wanted) - 1
        yield f"{found['indent']}{requirement}{comment}{end if is_last else end or _NEWLINE}"


def migrate_pyproject(text: str, needed: Callable[[list[str]], Needed]) -> str:
    """Rewrite the dependencies in a `pyproject.toml`: of the project, its groups and extras, and those of Poetry.

    Args:
        text: all of it.
        needed: gives what is required instead, for the extras that were required of the original.

    Raises:
        UnclearRequirementError: the file is no TOML, or a requirement is written in a way that is not understood.
    """
    before = _parsed(text)
    expected = _expected(before, needed)
    if expected == before:
        return text
    rewritten = "".join(_pyproject_lines(text, needed))
    if _parsed(rewritten) != expected:
        raise UnclearRequirementError("the dependencies are written in a way that is not understood; do it by hand")
    return rewritten


def _parsed(text: str) -> dict[str, object]:
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        document: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnclearRequirementError(f"no TOML: {error}") from None
    return document


def _expected(document: object, needed: Callable[[list[str]], Needed], path: tuple[str, ...] = ()) -> object:
    """Return what a document has to say after it was rewritten."""
    if isinstance(document, dict):
        changed: dict[str, object] = {}
        for key, value in document.items():
            if _is_poetry(path) and re.fullmatch(_NAME, key, re.IGNORECASE):
                changed.update((name, _poetry_value(extras, value)) for name, extras in needed(_poetry_extras(value)))
            else:
                changed[key] = _expected(value, needed, (*path, key))
        return changed
    if isinstance(document, list) and _is_dependencies(path):
        items: list[object] = []
        for item in document:
            found = _ITEM.fullmatch(f'"{item}"') if isinstance(item, str) else None
            items += [item] if found is None else _items(found, needed)
        return items
    return document


def _is_dependencies(path: tuple[str, ...]) -> bool:
    """Tell whether a list is one of dependencies, wherever its tool has them."""
    return path == ("project", "dependencies") or (
        path[:-1] in {("project", "optional-dependencies"), ("dependency-groups",), ("tool", "pdm", "dev-dependencies")}
        or (path[:1] == ("tool",) and path[-1] in {"dependencies", "dev-dependencies", "extra-dependencies"})
    )


def _is_poetry(path: tuple[str, ...]) -> bool:
    is_group = path[:3] == ("tool", "poetry", "group") and path[4:] == ("dependencies",)
    return is_group or path in {("tool", "poetry", "dependencies"), ("tool", "poetry", "dev-dependencies")}


def _items(found: re.Match[str], needed: Callable[[list[str]], Needed]) -> list[str]:
    if "@" in found["version"]:
        raise UnclearRequirementError(f"{found.group()}: an address is not rewritten; do it by hand")
    marker = found["marker"] or ""
    wanted = [specifier(name, extras, marker) for name, extras in needed(normalised(found["extras"]))]
    if not wanted:
        raise UnclearRequirementError(f"{found.group()}: no code here imports it; remove it if it is not needed")
    return wanted


def _pyproject_lines(text: str, needed: Callable[[list[str]], Needed]) -> Iterator[str]:
    in_poetry = False
    for line in text.splitlines(keepends=True):
        content = line.rstrip("\r\n")
        end = line[len(content) :]
        if _DETAILS.match(content):
            raise UnclearRequirementError(f"{content.strip()}: a table of its own is not rewritten; do it by hand")
        if content.lstrip().startswith("["):
            in_poetry = _POETRY.fullmatch(content) is not None
        entry = _ENTRY.fullmatch(content) if in_poetry else None
        if entry is not None:
            yield from _entry_lines(entry, end, needed)
        elif content.lstrip().startswith("#"):
            yield line
        else:
            yield from _array_lines(content, end, needed)


def _array_lines(content: str, end: str, needed: Callable[[list[str]], Needed]) -> Iterator[str]:
    """Rewrite a line of an array: a line for each item, if the item has its line for itself."""
    found = _ITEM.search(content)
    if found is None or not re.search(r"(^|[\[,])\s*$", content[: found.start()]):  # a value that is no item
        yield content + end
        return
    quote = found["quote"]
    items = [f"{quote}{item}{quote}" for item in _items(found, needed)]
    head, tail = content[: found.start()], content[found.end() :]
    if head.strip() or not end:
        yield f"{head}{', '.join(items)}{tail}{end}"
        return
    has_comma = tail.lstrip().startswith(",")
    for number, item in enumerate(items):
        if number == 0:
            yield f"{head}{item}{tail if has_comma or len(items) == 1 else ',' + tail}{end}"
        else:
            yield f"{head}{item}{',' if has_comma or number < len(items) - 1 else ''}{end}"


def _entry_lines(entry: re.Match[str], end: str, needed: Callable[[list[str]], Needed]) -> Iterator[str]:
    """Rewrite an entry of Poetry's dependencies."""
    value = _parsed(f"value = {entry['value']}")["value"]
    wanted = needed(_poetry_extras(value))
    if not wanted:
        raise UnclearRequirementError(
            f"{entry.group().strip()}: no code here imports it; remove it if it is not needed"
        )
    comment = re.search(r"[ \t]+#[^\"'\n]*$", entry["value"])
    for number, (name, extras) in enumerate(wanted):
        shown = _toml(_poetry_value(extras, value))
        note = comment.group() if comment is not None and number == 0 else ""
        is_last = number == len(wanted) - 1
        yield f"{entry['indent']}{name} = {shown}{note}{end if is_last else end or _NEWLINE}"


def _poetry_extras(value: object) -> list[str]:
    listed = value.get("extras", []) if isinstance(value, dict) else []
    return normalised(",".join(str(extra) for extra in listed))


def _poetry_value(extras: tuple[str, ...], value: object) -> object:
    """Return the value of a new entry: with the conditions that the old one had."""
    if isinstance(value, dict):
        if not value.keys() <= {"version", "extras", "markers", "python", "platform", "optional", "source"}:
            raise UnclearRequirementError(f"{ORIGINAL} = {value}: an address is not rewritten; do it by hand")
        rest = {key: item for key, item in value.items() if key not in {"version", "extras"}}
    elif isinstance(value, str):
        rest = {}
    else:
        raise UnclearRequirementError(f"{ORIGINAL} = {value}: several constraints are not rewritten; do it by hand")
    if not (extras or rest):
        return RANGE
    return {"version": RANGE, **({"extras": list(extras)} if extras else {}), **rest}


def _toml(value: object) -> str:
    import json

    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(item)}' for key, item in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)
