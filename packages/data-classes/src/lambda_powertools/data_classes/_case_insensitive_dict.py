"""A dictionary of names whose case does not matter, such as those of HTTP headers."""

from __future__ import annotations

from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Generic, TypeVar
else:
    from lambda_powertools.core.static import Generic, TypeVar

ValueT = TypeVar("ValueT")

_lower = str.lower
_MISSING: Any = object()


def _lowered(data: Mapping[str, ValueT] | Iterable[tuple[str, ValueT]] | None) -> dict[str, ValueT]:
    if data is None:
        return {}
    pairs: Iterable[tuple[str, ValueT]] = data.items() if isinstance(data, Mapping) else data
    try:
        return {_lower(key): value for key, value in pairs}
    except TypeError as error:
        raise TypeError(f"the keys of a CaseInsensitiveDict are text: {error}") from error


class CaseInsensitiveDict(dict[str, ValueT], Generic[ValueT]):
    """A dictionary that stores its keys in lower case and looks them up whatever their case.

    Args:
        data: a mapping, or pairs of key and value; None is an empty one. Of keys that differ only in case
            the last wins.
        **kwargs: further keys.

    Raises:
        TypeError: a key is no text.

    Example:
        >>> from lambda_powertools.data_classes.common import CaseInsensitiveDict
        >>> headers = CaseInsensitiveDict({"Content-Type": "text/plain"})
        >>> headers["content-type"], "CONTENT-TYPE" in headers
        ('text/plain', True)
        >>> headers == {"CONTENT-TYPE": "text/plain"}
        True
    """

    __slots__ = ()

    def __init__(
        self, data: Mapping[str, ValueT] | Iterable[tuple[str, ValueT]] | None = None, **kwargs: ValueT
    ) -> None:
        dict.__init__(self, _lowered(data))
        if kwargs:
            dict.update(self, _lowered(kwargs))

    def __getitem__(self, key: str) -> ValueT:
        return dict.__getitem__(self, _sought(key))

    def __setitem__(self, key: str, value: ValueT) -> None:
        dict.__setitem__(self, _text(key), value)

    def __delitem__(self, key: str) -> None:
        dict.__delitem__(self, _sought(key))

    def __contains__(self, key: object) -> bool:
        return dict.__contains__(self, _sought(key))

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return the value of a key, else the default."""
        return dict.get(self, _sought(key), default)

    def pop(self, key: str, default: Any = _MISSING, /) -> Any:
        """Remove a key and return its value, else the default.

        Raises:
            KeyError: the key is missing, and there is no default.
        """
        sought = _sought(key)
        return dict.pop(self, sought) if default is _MISSING else dict.pop(self, sought, default)

    def setdefault(self, key: str, default: Any = None, /) -> Any:
        """Return the value of a key, which is set to the default if it is missing."""
        return dict.setdefault(self, _text(key), default)

    def update(  # type: ignore[override]  # None is allowed, as it is to the constructor
        self, data: Mapping[str, ValueT] | Iterable[tuple[str, ValueT]] | None = None, /, **kwargs: ValueT
    ) -> None:
        """Set the keys of a mapping or of pairs, and further ones."""
        dict.update(self, _lowered(data))
        if kwargs:
            dict.update(self, _lowered(kwargs))

    def copy(self) -> CaseInsensitiveDict[ValueT]:
        """Return a dictionary of its own with the same values."""
        return type(self)(self)

    @classmethod
    def fromkeys(cls, keys: Iterable[str], value: Any = None, /) -> CaseInsensitiveDict[Any]:  # type: ignore[override]
        """Return a dictionary in which all keys have one value."""
        return cls((key, value) for key in keys)

    def __or__(self, other: Any) -> Any:
        if not isinstance(other, Mapping):
            return NotImplemented
        merged = self.copy()
        merged.update(other)
        return merged

    def __ror__(self, other: Any) -> Any:
        if not isinstance(other, Mapping):
            return NotImplemented
        merged = type(self)(other)
        merged.update(self)
        return merged

    def __ior__(self, other: Any) -> Any:
        if not isinstance(other, Mapping):
            return NotImplemented
        self.update(other)
        return self

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CaseInsensitiveDict):
            return dict.__eq__(self, other)
        if not isinstance(other, Mapping) or not all(isinstance(key, str) for key in other):
            return False
        return dict.__eq__(self, _lowered(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:  # type: ignore[override]  # a dict has none; this one is asked for by equal content
        return hash(frozenset(self.items()))


def _sought(key: Any) -> Any:
    """Return what a key is stored as; no key that is no text is stored, so it is not found."""
    return _lower(key) if isinstance(key, str) else key


def _text(key: Any) -> str:
    if isinstance(key, str):
        return _lower(key)
    raise TypeError(f"the keys of a CaseInsensitiveDict are text, not {type(key).__name__}")
