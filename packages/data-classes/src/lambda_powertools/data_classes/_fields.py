"""The words of which data classes are made: each is one property of one raw key.

    class Identity(DictWrapper):
        source_ip = required("sourceIp", str)
        user_agent = optional("userAgent", str)

A property is read from the raw event whenever it is asked for: nothing is copied, and a change is seen at once. At run
time every word returns a real `property` whose getter is a single function (its attributes `keys`, `kind` and `rule`
tell how it was declared); type checkers see a `Field` of the exact
type: `identity.source_ip` is a `str`, `identity.user_agent` a `str | None`.

Every word takes `key`, the raw key as AWS writes it, or a tuple of keys for a value further down:
`required(("elb", "targetGroupArn"), str)`. The words that tolerate a missing key tolerate it at each of these levels,
and a null as well. `doc` replaces the docstring, which else names the raw key.

| word | missing key | null |
|---|---|---|
| `required(key, kind)` | `KeyError` | `None` |
| `nullable(key, kind)` | `KeyError` | `None`, and the type says so |
| `optional(key, kind)` | `None` | `None` |
| `default(key, kind)` | `kind()`, made anew at each access | the same |
| `wrapped(key, Class)` | `KeyError` | a wrapper of it |
| `optional_wrapped(key, Class)` | `None` | `None` |
| `empty_wrapped(key, Class)` | a wrapper of `{}` | the same |
| `wrapped_list(key, Class)` | `KeyError`; with `or_empty=True` a new `[]` | the same |
| `wrapped_iter(key, Class)` | `KeyError` at the first step | - |
| `nullable_wrapped(key, Class)` | `KeyError` | `None` |
| `first_wrapped(key, Class)` | `KeyError`; `EmptyEventError` for an empty list | - |
| `flag(key)` | `KeyError` | `False` |
| `case_insensitive(key)` | `KeyError`; with `or_empty=True` an empty dictionary | an empty dictionary |

`kind` is for type checkers (`str`, `dict[str, Any]`); only `default` calls it. A type that cannot be written as a
value, such as a union or a literal, is declared: `step: Field[Literal["a", "b"]] = required("Step")`.
`writable(field)` adds a setter to any of them, `cached(function)` and
`computed(function)` make a property of a method, the first one computes once per instance.
A subclass may take any other field, or a plain property, in the place of an inherited one.
"""

from __future__ import annotations

from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Generic, NoReturn, TypeVar, overload

    T = TypeVar("T")
    T_co = TypeVar("T_co", covariant=True)
    OwnerT = TypeVar("OwnerT", bound=DictWrapper)
    WrapperT = TypeVar("WrapperT", bound=DictWrapper)
    Key = str | tuple[str, ...]

    class Field(Generic[T_co]):
        """What type checkers see of a read-only property."""

        @overload
        def __get__(self, instance: None, owner: type, /) -> Field[T_co]: ...
        @overload
        def __get__(self, instance: DictWrapper, owner: type | None = None, /) -> T_co: ...
        def __get__(self, instance: DictWrapper | None, owner: type | None = None, /) -> Any: ...
        def __set__(self, instance: DictWrapper, value: NoReturn, /) -> None: ...  # no value may be assigned

    class WritableField(Field[T]):
        """What type checkers see of a property that can be assigned."""

        def __set__(self, instance: DictWrapper, value: T, /) -> None: ...


_new = object.__new__

CACHE_PREFIX = "_cached_"
"""Instance attributes of this prefix hold what can be computed again; rendering an event leaves them out."""


def _make(getter: Callable[[Any], Any], key: Key | None, kind: Any, rule: str, doc: str | None) -> property:
    keys = (key,) if isinstance(key, str) else key
    described: Any = getter
    described.keys, described.kind, described.rule = keys, kind, rule
    return property(getter, doc=doc or (f"`{'.'.join(keys)}` of the event." if keys else getter.__doc__))


def _parent(data: Any, keys: tuple[str, ...]) -> Any:
    """Follow keys downwards; a missing or null level gives None."""
    for key in keys:
        if data is None:
            return None
        data = data.get(key)
    return data


def _required_getter(key: Key) -> Callable[[Any], Any]:
    if isinstance(key, str):
        return lambda self: self._data[key]
    if len(key) == 2:  # noqa: PLR2004  # the one depth that is common
        first, second = key
        return lambda self: self._data[first][second]

    def get(self: Any) -> Any:
        value = self._data
        for part in key:
            value = value[part]
        return value

    return get


def _optional_getter(key: Key) -> Callable[[Any], Any]:
    if isinstance(key, str):
        return lambda self: self._data.get(key)
    return lambda self: _parent(self._data, key)


if TYPE_CHECKING:

    @overload
    def required(key: Key, kind: type[T], *, doc: str | None = None) -> Field[T]: ...
    @overload
    def required(key: Key, *, doc: str | None = None) -> Field[Any]: ...


def required(key: Key, kind: Any = None, *, doc: str | None = None) -> Any:
    """Read a key that AWS always sends."""
    return _make(_required_getter(key), key, kind, "required", doc)


if TYPE_CHECKING:

    @overload
    def nullable(key: Key, kind: type[T], *, doc: str | None = None) -> Field[T | None]: ...
    @overload
    def nullable(key: Key, *, doc: str | None = None) -> Field[Any]: ...


def nullable(key: Key, kind: Any = None, *, doc: str | None = None) -> Any:
    """Read a key that AWS always sends, though its value may be null."""
    return _make(_required_getter(key), key, kind, "nullable", doc)


if TYPE_CHECKING:

    @overload
    def optional(key: Key, kind: type[T], *, doc: str | None = None) -> Field[T | None]: ...
    @overload
    def optional(key: Key, *, doc: str | None = None) -> Field[Any]: ...


def optional(key: Key, kind: Any = None, *, doc: str | None = None) -> Any:
    """Read a key that may be missing; None then."""
    return _make(_optional_getter(key), key, kind, "optional", doc)


def default(key: Key, kind: type[T], *, doc: str | None = None) -> Field[T]:
    """Read a key that may be missing or null; an empty value of the kind, of the caller's own, then."""
    empty: Any = getattr(kind, "__origin__", kind)

    if isinstance(key, str):

        def get(self: Any) -> Any:
            value = self._data.get(key)
            return empty() if value is None else value

    else:

        def get(self: Any) -> Any:
            value = _parent(self._data, key)
            return empty() if value is None else value

    made: Any = _make(get, key, kind, "default", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def wrapped(key: Key, kind: type[WrapperT], *, doc: str | None = None) -> Field[WrapperT]:
    """Wrap an object that AWS always sends."""
    if isinstance(key, str) and kind.__init__ is DictWrapper.__init__:

        def get(self: Any) -> Any:
            # What kind(…) does, without the call of a function, which takes a third of the time.
            view = _new(kind)
            view._data = self._data[key]  # noqa: SLF001  # it is being made
            view._json_deserializer = self._json_deserializer  # noqa: SLF001  # the same
            return view

    else:
        read = _required_getter(key)

        def get(self: Any) -> Any:
            return kind(read(self), self._json_deserializer)

    made: Any = _make(get, key, kind, "wrapped", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def optional_wrapped(
    key: Key, kind: type[WrapperT], *, none_if_empty: bool = False, doc: str | None = None
) -> Field[WrapperT | None]:
    """Wrap an object that may be missing or null; None then, and with `none_if_empty` for an empty one too."""
    read = _optional_getter(key)

    def get(self: Any) -> Any:
        value = read(self)
        if value is None or (none_if_empty and not value):
            return None
        return kind(value, self._json_deserializer)

    made: Any = _make(get, key, kind, "optional_wrapped", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def nullable_wrapped(key: Key, kind: type[WrapperT], *, doc: str | None = None) -> Field[WrapperT | None]:
    """Wrap an object that AWS always sends, though it may be null; None then."""
    read = _required_getter(key)

    def get(self: Any) -> Any:
        value = read(self)
        return None if value is None else kind(value, self._json_deserializer)

    made: Any = _make(get, key, kind, "nullable_wrapped", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def empty_wrapped(key: Key, kind: type[WrapperT], *, doc: str | None = None) -> Field[WrapperT]:
    """Wrap an object that may be missing or null; a wrapper of an empty one then."""
    read = _optional_getter(key)

    def get(self: Any) -> Any:
        value = read(self)
        return kind({} if value is None else value, self._json_deserializer)

    made: Any = _make(get, key, kind, "empty_wrapped", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def wrapped_list(
    key: Key, kind: type[WrapperT], *, or_empty: bool = False, doc: str | None = None
) -> Field[list[WrapperT]]:
    """Wrap each object of a list; with `or_empty`, a missing or null list is an empty one."""
    read = _optional_getter(key) if or_empty else _required_getter(key)

    def get(self: Any) -> Any:
        values = read(self)
        if or_empty and values is None:
            return []
        deserializer = self._json_deserializer
        return [kind(value, deserializer) for value in values]

    made: Any = _make(get, key, kind, "wrapped_list", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def wrapped_iter(key: Key, kind: type[WrapperT], *, doc: str | None = None) -> Field[Iterator[WrapperT]]:
    """Wrap the objects of a list one by one, beginning anew at each access."""
    read = _required_getter(key)

    def get(self: Any) -> Any:
        deserializer = self._json_deserializer
        for value in read(self):
            yield kind(value, deserializer)

    made: Any = _make(get, key, kind, "wrapped_iter", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def first_of(data: dict[str, Any], key: str) -> Any:
    """Return the first item of a list.

    Raises:
        EmptyEventError: there is none.
    """
    values = data[key]
    if values:
        return values[0]
    from lambda_powertools.data_classes.exceptions import EmptyEventError

    raise EmptyEventError(f"there is no first record: {key} of the event is empty")


def first_wrapped(key: str, kind: type[WrapperT], *, doc: str | None = None) -> Field[WrapperT]:
    """Wrap the first object of a list; `EmptyEventError` if there is none."""

    def get(self: Any) -> Any:
        return kind(first_of(self._data, key), self._json_deserializer)

    made: Any = _make(get, key, kind, "first_wrapped", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def flag(key: str, *, doc: str | None = None) -> Field[bool]:
    """Read a bool that AWS always sends, sometimes as null; False then."""
    made: Any = _make(lambda self: bool(self._data[key]), key, bool, "flag", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def cached(function: Callable[[OwnerT], T]) -> Field[T]:
    """Make a property of a method, computed once per instance, also when the result is None.

    Two threads may compute the same value twice.
    """
    # The qualified name keeps an override apart from the inherited property that it asks for its value.
    slot = CACHE_PREFIX + function.__qualname__

    def get(self: Any) -> Any:
        attributes = self.__dict__
        if slot in attributes:
            return attributes[slot]
        value = attributes[slot] = function(self)
        return value

    get.__doc__ = function.__doc__
    made: Any = _make(get, None, None, "cached", None)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def computed(function: Callable[[OwnerT], T]) -> Field[T]:
    """Make a property of a method, computed at each access.

    It is the built-in `property`, except that type checkers let it take the place of an inherited field.
    """
    made: Any = _make(function, None, None, "computed", None)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def writable(field: Field[T]) -> WritableField[T]:
    """Give a field a setter, which writes its raw key; a missing object on the way to a nested key is created."""
    declared: Any = field
    getter = declared.fget
    *path, last = getter.keys

    def write(self: Any, value: Any) -> None:
        data = self._data
        for key in path:
            below = data.get(key)
            if below is None:
                below = data[key] = {}
            data = below
        data[last] = value

    made: Any = property(getter, write, doc=declared.__doc__)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field


def case_insensitive(key: Key, *, or_empty: bool = False, doc: str | None = None) -> Field[CaseInsensitiveDict[Any]]:
    """Read an object whose keys are to be found whatever their case; with `or_empty`, a missing or null one is empty.

    The view is made once per instance, and again when the event's own object has changed. Writing to it does not change
    the event.
    """
    read = _optional_getter(key) if or_empty else _required_getter(key)
    slot = CACHE_PREFIX + "view_of_" + (key if isinstance(key, str) else ".".join(key))

    def get(self: Any) -> Any:
        raw = read(self)
        known = self.__dict__.get(slot)
        if known is not None and known[0] is raw and known[1] == raw:
            return known[2]
        view: CaseInsensitiveDict[Any] = CaseInsensitiveDict(raw)
        self.__dict__[slot] = (raw, None if raw is None else dict(raw), view)
        return view

    made: Any = _make(get, key, CaseInsensitiveDict, "case_insensitive", doc)
    return made  # type: ignore[no-any-return]  # a property, which a checker is to take for a Field
