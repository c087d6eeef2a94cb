"""Lists of options, from the class that takes them."""

from __future__ import annotations

from typing import Any

from docs_site.code import entries, find, sections_of
from docs_site.project import DocsError


def options(dotted: str) -> list[tuple[str, str, str, str]]:
    """Return name, type, default and meaning of each option that a class, or a function, takes.

    Options are the parameters of `__init__`, or the fields of a dataclass; what they mean says the docstring, under
    `Args` or `Attributes`, of the class or of its `__init__`.

    Raises:
        DocsError: an option has no description.
    """
    owner = find(dotted)
    makers = [owner.members["__init__"]] if owner.is_class and "__init__" in owner.members else []
    texts = described(owner, *makers)
    found = []
    for name, annotation, default in taken(owner, makers):
        if name not in texts:
            raise DocsError(f"{dotted}: the docstring says nothing of the option {name!r}")
        found.append((name, annotation, default, texts[name]))
    return found


def taken(owner: Any, makers: list[Any]) -> list[tuple[str, str, str]]:
    """Return name, type and default of what is taken."""
    if owner.is_class and not makers:
        fields = [member for member in owner.members.values() if member.is_attribute and member.annotation]
        return [(field.name, text(field.annotation), text(field.value)) for field in fields]
    parameters = (makers[0] if makers else owner).parameters
    return [
        (parameter.name, text(parameter.annotation), text(parameter.default))
        for parameter in parameters
        if parameter.name != "self" and not parameter.kind.value.startswith("variadic")
    ]


def described(*items: Any) -> dict[str, str]:
    """Return what the docstrings say of each name; a star of a name does not count."""
    texts: dict[str, str] = {}
    for item in items:
        for section in sections_of(item):
            if section.kind.value in {"parameters", "attributes", "other parameters"}:
                texts.update({entry.name.lstrip("*"): entry.description for entry in section.value})
    return texts


def text(expression: Any) -> str:
    """Return an annotation or a default as it is written in the code."""
    return "" if expression is None else str(expression)


def options_table(dotted: str) -> str:
    """Return the list of the options of a class."""
    rows = []
    for name, annotation, default, meaning in options(dotted):
        holds = f"`{annotation}`" if annotation else ""
        rows.append((name, f"{holds} {f'= `{default}`' if default else '(required)'}".strip(), meaning))
    return entries(rows)
