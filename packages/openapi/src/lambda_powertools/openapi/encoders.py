"""Python values, models among them, as JSON-ready data."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import uuid
from collections import deque
from decimal import Decimal
from enum import Enum
from types import GeneratorType
from typing import TYPE_CHECKING, Any

from lambda_powertools.openapi.exceptions import SerializationError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["jsonable_encoder", "plain_data"]

_PLAIN = frozenset({str, int, float, bool, type(None)})
_WRITTEN_BY_PYDANTIC = frozenset({"pydantic", "pydantic_core"})
_SEQUENCES = (list, tuple, set, frozenset, deque, GeneratorType)


def jsonable_encoder(  # the names are known from elsewhere
    obj: Any,
    include: Collection[str] | None = None,
    exclude: Collection[str] | None = None,
    by_alias: bool = True,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
    custom_serializer: Callable[[Any], Any] | None = None,
) -> Any:
    """Return `obj` as data that `json.dumps` can write.

    Models and dataclass objects become dictionaries, enum members their values, dates ISO 8601 text, time spans
    seconds, `Decimal` a number, bytes text, sets and generators lists.

    Args:
        obj: the value.
        include: only these keys of a model or dictionary.
        exclude: not these keys.
        by_alias: name the fields of models by their aliases.
        exclude_unset: leave out fields of models that were never set.
        exclude_defaults: leave out fields of models that hold their default.
        exclude_none: leave out keys whose value is None.
        custom_serializer: called with an object of a type that is not known here.

    Raises:
        SerializationError: a value has no JSON form, or contains itself; names the type, not the value.

    Example:
        >>> from decimal import Decimal
        >>> jsonable_encoder({"price": Decimal("9.5"), "tags": ("new",)})
        {'price': 9.5, 'tags': ['new']}
    """
    dump = {"exclude_unset": exclude_unset, "exclude_defaults": exclude_defaults, "by_alias": by_alias}
    encode = _Encoder(dump, exclude_none=exclude_none, custom=custom_serializer)
    try:
        return encode(obj, include, exclude)
    except SerializationError:
        raise
    except Exception as error:
        message = f"an object of type {type(obj).__name__!r} cannot be turned into JSON: {type(error).__name__}"
        raise SerializationError(message) from error


class _Encoder:
    """One run of the encoder: the choices made, and the containers it is inside of."""

    def __init__(
        self, dump: dict[str, Any], *, exclude_none: bool = False, custom: Callable[[Any], Any] | None = None
    ) -> None:
        self.dump = dump
        self.exclude_none = exclude_none
        self.custom = custom
        self.inside: set[int] = set()

    def __call__(
        self, value: Any, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Any:
        if type(value) in _PLAIN:
            return value
        known, encoded = _scalar(value)
        if known:
            return encoded
        if id(value) in self.inside:
            raise SerializationError(f"an object of type {type(value).__name__!r} contains itself")
        self.inside.add(id(value))
        try:
            return self._container(value, include, exclude)
        finally:
            self.inside.discard(id(value))

    def _container(self, value: Any, include: Collection[str] | None, exclude: Collection[str] | None) -> Any:
        if isinstance(value, dict):
            return self._mapping(value, include, exclude)
        if isinstance(value, _SEQUENCES):
            return [self(item) for item in value]
        if hasattr(type(value), "model_dump"):
            selected = {"include": _keys(include), "exclude": _keys(exclude), "exclude_none": self.exclude_none}
            return value.model_dump(mode="json", **selected, **self.dump)
        if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
            fields = {name: getattr(value, name) for name in value.__dataclass_fields__ if hasattr(value, name)}
            return self._mapping(fields, include, exclude)
        return self._other(value)

    def _mapping(
        self, value: dict[Any, Any], include: Collection[str] | None, exclude: Collection[str] | None
    ) -> dict[Any, Any]:
        result = {}
        for key, item in value.items():
            if isinstance(key, str) and key.startswith("_sa"):  # what an object-relational mapper keeps for itself
                continue
            if (include is not None and key not in include) or (exclude is not None and key in exclude):
                continue
            if item is not None or not self.exclude_none:
                result[self(key)] = self(item)
        return result

    def _other(self, value: Any) -> Any:
        if self.custom is not None:
            return self.custom(value)
        if type(value).__module__.partition(".")[0] in _WRITTEN_BY_PYDANTIC and "pydantic_core" in sys.modules:
            return sys.modules["pydantic_core"].to_jsonable_python(value)
        try:
            data = dict(value)
        except Exception:  # noqa: BLE001  # whatever it raises: it is no mapping
            try:
                data = vars(value)
            except TypeError as error:
                raise SerializationError(
                    f"an object of type {type(value).__name__!r} cannot be turned into JSON"
                ) from error
        return self._mapping(data, None, None)


def _keys(names: Collection[str] | None) -> set[str] | None:
    return None if names is None else set(names)


def _scalar(value: Any) -> tuple[bool, Any]:  # noqa: PLR0911  # a table
    """Return whether `value` is of a known simple type, and its form."""
    if isinstance(value, Enum):
        return True, jsonable_encoder(value.value)
    if isinstance(value, (str, int, float)):
        return True, value
    if isinstance(value, (dt.date, dt.time)):
        return True, value.isoformat()
    if isinstance(value, dt.timedelta):
        return True, value.total_seconds()
    if isinstance(value, Decimal):
        return True, _number(value)
    if isinstance(value, (bytes, bytearray)):
        return True, _text(bytes(value))
    if isinstance(value, (uuid.UUID, os.PathLike)) or type(value).__module__ == "ipaddress":
        return True, str(value)
    if isinstance(value, re.Pattern):
        return True, value.pattern
    if callable(getattr(value, "get_secret_value", None)):
        return True, str(value)
    return False, None


def _number(value: Decimal) -> float | None:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):  # NaN and infinity, which JSON has no number for
        return None
    return int(value) if exponent >= 0 else float(value)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise SerializationError("bytes that are not UTF-8 text cannot be turned into JSON") from error


def plain_data(value: Any) -> Any:
    """Return the JSON data of a model or of a structure with models in it; data stays as it is, null included.

    Example:
        >>> plain_data({"a": None, "b": [1]})
        {'a': None, 'b': [1]}
    """
    if hasattr(type(value), "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return getattr(value, "value", value)
    return jsonable_encoder(value)
