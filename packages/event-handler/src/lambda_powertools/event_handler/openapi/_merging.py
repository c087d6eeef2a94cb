"""Makes one document out of several."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi.exceptions import OpenAPIMergeError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "#/components/schemas/"


class DocumentMerger:
    """Collects paths, components and tags.

    Args:
        document: what everything is put into: the top of a document.
        on_conflict: `warn`, `error`, `first` or `last`: what happens when two documents define the same thing.
    """

    def __init__(self, document: dict[str, Any], on_conflict: str) -> None:
        self.document = document
        self._on_conflict = on_conflict
        self._origins: dict[tuple[str, ...], str] = {}
        self._operation_ids: dict[str, str] = {}

    def add(self, document: dict[str, Any], origin: str) -> None:
        """Add a document.

        Args:
            document: it stays as it is.
            origin: what it is called in messages.

        Raises:
            OpenAPIMergeError: it defines something else than one before, and conflicts are errors.
        """
        document = copy.deepcopy(document)
        self._add_schemas(document)
        for path, item in (document.get("paths") or {}).items():
            for method, operation in item.items():
                self._add(("paths", path, method), operation, f"{method.upper()} {path}", origin)
        for kind, entries in (document.get("components") or {}).items():
            for name, entry in entries.items():
                if kind == "securitySchemes":  # those that were configured are there already, and win
                    self.document.setdefault("components", {}).setdefault(kind, {}).setdefault(name, entry)
                else:
                    self._add(("components", kind, name), entry, f"the component {kind}/{name}", origin)
        self._add_tags(document)

    def _add(self, place: tuple[str, ...], value: Any, what: str, origin: str) -> None:
        holder: dict[str, Any] = self.document
        for key in place[:-1]:
            holder = holder.setdefault(key, {})
        known = holder.get(place[-1])
        is_twin = known is not None and (place[0] == "paths" or known != value)
        if is_twin and self._on_conflict != "last":
            message = f"{what} of {origin} is already defined by {self._origins.get(place, 'the configuration')}"
            if self._on_conflict == "error":
                raise OpenAPIMergeError(message)
            if self._on_conflict == "warn":
                from lambda_powertools.core.package_logger import get_logger

                get_logger("lambda_powertools.event_handler").warning("%s; the first is kept", message)
            return
        holder[place[-1]] = value
        self._origins[place] = origin

    def _add_schemas(self, document: dict[str, Any]) -> None:
        """Give schemas that differ from one of the same name another name, so that no reference changes its meaning."""
        known: dict[str, Any] = self.document.get("components", {}).get("schemas", {})
        new: dict[str, Any] = (document.get("components") or {}).get("schemas") or {}
        renamed = {name for name, schema in new.items() if name in known and known[name] != schema}
        while True:  # what refers to a renamed schema is another one as well
            more = {
                name
                for name, schema in new.items()
                if name in known and name not in renamed and renamed & set(_references(schema))
            }
            if not more:
                break
            renamed |= more
        names: dict[str, str] = {}
        for name in sorted(renamed):
            names[name] = _free_name(name, {*known, *new, *names.values()})
        if names:
            document["components"]["schemas"] = {names.get(name, name): schema for name, schema in new.items()}
            _rename(document, names)

    def _add_tags(self, document: dict[str, Any]) -> None:
        tags = self.document.get("tags", [])
        known = {_tag_name(tag) for tag in tags}
        more = [tag for tag in document.get("tags") or () if _tag_name(tag) not in known]
        if more:
            self.document["tags"] = [*tags, *more]


def _tag_name(tag: Any) -> str:
    return tag["name"] if isinstance(tag, dict) else str(tag)


def _free_name(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _references(value: Any) -> Iterator[str]:
    """Yield the names of the schemas that a value refers to."""
    for holder, key in _places(value):
        yield holder[key].removeprefix(_PREFIX)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where references to schemas stand."""
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            for key, item in current.items():
                if key == "$ref" and isinstance(item, str) and item.startswith(_PREFIX):
                    yield current, key
                elif key == "mapping" and isinstance(item, dict):
                    yield from ((item, name) for name, ref in item.items() if str(ref).startswith(_PREFIX))
                    pending.append(item)
                else:
                    pending.append(item)
        elif isinstance(current, list):
            pending.extend(current)


def _rename(document: dict[str, Any], names: dict[str, str]) -> None:
    for holder, key in list(_places(document)):
        name = holder[key].removeprefix(_PREFIX)
        if name in names:
            holder[key] = _PREFIX + names[name]
