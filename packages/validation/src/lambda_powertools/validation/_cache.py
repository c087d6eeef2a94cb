"""The validators of this process: each schema is compiled once, and found again by what it says.

A schema that is an object of the program is usually the same object each time. So there is a second way to its
validator, by identity, which takes about a tenth of the time of the first. A schema can be changed in place, so what
it said when it was compiled is kept and compared.
"""

from __future__ import annotations

import threading
from functools import partial
from operator import is_

from lambda_powertools.validation.exceptions import InvalidSchemaFormatError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import Any

    from lambda_powertools.validation._compile import Format, Handler, Validator

MAX_VALIDATORS = 128
"""How many validators are kept; one that was not used lately gives way."""

_EMPTY: Mapping[str, Any] = {}


class Entry:
    """A validator, and whether it was used since it was last considered for giving way."""

    __slots__ = ("used", "validator")

    def __init__(self, validator: Validator) -> None:
        self.validator = validator
        self.used = False


def _only(value: Any) -> Any:
    """Return an object that equals this very value: a schema may be changed from 1 to true, and those two are equal."""
    # A partial of a C function, as it is called for each such value in a schema: a method would take thrice as long.
    kind = type("Only", (), {"__eq__": staticmethod(partial(is_, value)), "__hash__": None})
    return kind()


_AMBIGUOUS: dict[type, dict[Any, Any]] = {
    bool: {value: _only(value) for value in (False, True)},
    int: {value: _only(value) for value in (0, 1)},
}


class ValidatorCache:
    """Validators by what they were compiled from; safe to use from several threads."""

    def __init__(self, size: int = MAX_VALIDATORS) -> None:
        self._size = size
        self._entries: dict[Hashable, Entry] = {}
        self._seen: dict[int, tuple[Any, Any, Entry]] = {}
        self.seen_at = self._seen.get
        """Given the id of a schema, return that schema, what it said, and its entry; None if it was not used lately."""

        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, schema: Any, formats: Any, handlers: Any, options: Any) -> Validator:
        """Return the validator of a schema with these formats, handlers and options, compiled if it must be.

        Raises:
            InvalidSchemaFormatError: one of them cannot be used.
        """
        if not isinstance(schema, (dict, bool)):
            raise InvalidSchemaFormatError(f"a schema is a dict, or True or False, not a {type(schema).__name__}")
        formats, handlers = _mapping("formats", formats), _mapping("handlers", handlers)
        options = _mapping("provider_options", options)
        _check_formats(formats)
        _check_handlers(handlers)
        key = _key(schema, formats, handlers, options)
        entry = None if key is None else self._entries.get(key)
        if entry is None:
            entry = Entry(_make(schema, formats, handlers, options))
            if key is None:
                return entry.validator
            entry = self._keep(key, entry)
        else:
            entry.used = True
        if not (formats or handlers or options):
            self._remember(schema, entry)
        return entry.validator

    def clear(self) -> None:
        """Forget all validators."""
        with self._lock:
            self._entries.clear()
            self._seen.clear()

    def _keep(self, key: Hashable, entry: Entry) -> Entry:
        with self._lock:
            if key in self._entries:  # another thread was faster
                return self._entries[key]
            while len(self._entries) >= self._size:
                self._evict()
            self._entries[key] = entry
        return entry

    def _evict(self) -> None:
        """Drop the oldest validator that was not used since its turn came last."""
        while True:
            key = next(iter(self._entries))
            entry = self._entries.pop(key)
            if not entry.used:
                break
            entry.used = False
            self._entries[key] = entry
        for identity in [identity for identity, seen in self._seen.items() if seen[2] is entry]:
            del self._seen[identity]

    def _remember(self, schema: Any, entry: Entry) -> None:
        if not isinstance(schema, dict):
            return
        snapshot = _snapshot(schema)
        with self._lock:
            self._seen.pop(id(schema), None)
            while len(self._seen) >= self._size:
                del self._seen[next(iter(self._seen))]
            self._seen[id(schema)] = (schema, snapshot, entry)


def _make(
    schema: Any, formats: Mapping[str, Format], handlers: Mapping[str, Handler], options: Mapping[str, Any]
) -> Validator:
    from lambda_powertools.validation.compiled import find_compiled

    ready = find_compiled(schema, formats, options)
    if ready is not None:
        return ready
    from lambda_powertools.validation._compile import compile_schema

    return compile_schema(schema, formats, handlers, options)


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if not value:
        return _EMPTY
    if isinstance(value, dict):
        return value
    from collections.abc import Mapping

    if isinstance(value, Mapping):
        return dict(value)
    raise InvalidSchemaFormatError(f"{name} is a mapping of names, not {value!r:.80}")


def _check_formats(formats: Mapping[str, Any]) -> None:
    for name, value in formats.items():
        if not isinstance(value, str) and not callable(value):
            raise InvalidSchemaFormatError(
                f"format {name!r} is a {type(value).__name__}: give a regular expression or a function"
            )


def _check_handlers(handlers: Mapping[str, Any]) -> None:
    for scheme, value in handlers.items():
        if not callable(value):
            raise InvalidSchemaFormatError(
                f"the handler of {scheme!r} is a {type(value).__name__}: give a function from a URI to a schema"
            )


def _key(
    schema: Any, formats: Mapping[str, Any], handlers: Mapping[str, Any], options: Mapping[str, Any]
) -> Hashable | None:
    """Return what two equal requests have in common; None if they cannot be compared."""
    content = _content(schema)
    chosen = _content(options) if options else b""
    if content is None or chosen is None:
        return None
    return (
        content,
        frozenset((name, value if isinstance(value, str) else _Same(value)) for name, value in formats.items()),
        frozenset((scheme, _Same(value)) for scheme, value in handlers.items()),
        chosen,
    )


class _Same:
    """A callable as part of a key: equal to itself only, and kept alive so that its id stays its own."""

    __slots__ = ("_function",)

    def __init__(self, function: Any) -> None:
        self._function = function

    def __hash__(self) -> int:
        return id(self._function)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other._function is self._function


def _content(value: Any) -> bytes | str | None:
    """Return the content in one piece, in which 1 and true differ; None if it has no such form."""
    import marshal

    try:
        # Version 2 has no references between equal parts: what is written depends on the values alone.
        return marshal.dumps(value, 2)
    except ValueError:  # a subclass of dict, for instance
        pass
    import json

    try:
        return json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return None


def _snapshot(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _snapshot(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_snapshot(item) for item in value]
    if isinstance(value, float) and value in (0, 1):
        return _only(value)
    stand_ins = _AMBIGUOUS.get(type(value))
    return value if stand_ins is None else stand_ins.get(value, value)


validators = ValidatorCache()
"""Those of `validate`."""
