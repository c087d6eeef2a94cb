"""How a record handler is to be called, as its signature tells; read once for each handler."""

from __future__ import annotations

import sys
from contextlib import suppress
from types import MethodType
from weakref import WeakKeyDictionary

from lambda_powertools.batch.exceptions import BatchConfigurationError
from lambda_powertools.core.callables import (
    argument_names,
    display_name,
    innermost_function,
    is_generator_function,
    positional_names,
    takes_any_keyword,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

RECORD, CONTEXT = "record", "lambda_context"


class Signature:
    """What a record handler, or a dependency of one, takes.

    Attributes:
        by_keyword: whether the record is given by the name `record`, else by position.
        takes_record: whether there is a parameter `record`.
        takes_context: whether there is a parameter `lambda_context`.
        annotation: of the parameter of the record, None if it has none.
        dependencies: the markers of its other parameters by name.
    """

    __slots__ = ("annotation", "by_keyword", "dependencies", "takes_context", "takes_record")

    def __init__(self, function: Callable[..., Any]) -> None:
        inside = _undecorated(function)
        names = argument_names(inside)
        self.takes_record = RECORD in names
        self.takes_context = CONTEXT in names
        self.by_keyword = self.takes_record or takes_any_keyword(inside)
        code = getattr(innermost_function(inside), "__code__", None)
        if code is not None and RECORD in code.co_varnames[: getattr(code, "co_posonlyargcount", 0)]:
            self.by_keyword = False
        annotations = _annotations_of(innermost_function(inside))
        self.dependencies = _dependencies(inside, names, annotations)
        own = [name for name in positional_names(inside) if name not in self.dependencies]
        self.annotation = annotations.get(RECORD if self.takes_record else own[0]) if self.takes_record or own else None

    @property
    def is_plain(self) -> bool:
        """Whether it asks for nothing but the record."""
        return self.by_keyword and not self.takes_context and not self.dependencies


_known: WeakKeyDictionary[Any, Signature] = WeakKeyDictionary()


def signature_of(handler: Callable[..., Any]) -> Signature:
    """Return what a record handler takes.

    Raises:
        BatchConfigurationError: it is none.
    """
    key = handler.__func__ if isinstance(handler, MethodType) else handler
    try:
        return _known[key]
    except (KeyError, TypeError):  # not seen yet, or an object that nothing can refer to weakly
        pass
    if not callable(handler):
        raise BatchConfigurationError(f"a record handler is a function that takes a record, not {handler!r:.80}")
    if is_generator_function(handler):
        raise BatchConfigurationError(
            f"the record handler {display_name(handler)} has a yield, so calling it runs nothing of it: records would "
            "be taken for done"
        )
    signature = Signature(handler)
    with suppress(TypeError):
        _known[key] = signature
    return signature


def _undecorated(function: Any) -> Any:
    while "__wrapped__" in getattr(function, "__dict__", ()):
        function = function.__wrapped__
    return function


def _annotations_of(function: Any) -> dict[str, Any]:
    """Return the annotations as objects; those that are texts only type checkers can read are left out."""
    annotations = getattr(function, "__annotations__", None)
    if not isinstance(annotations, dict) or not annotations:
        return {}
    found = {}
    for name, annotation in annotations.items():
        if name != "return":
            value = _evaluated(annotation, function) if isinstance(annotation, str) else annotation
            if value is not None:
                found[name] = value
    return found


def _evaluated(annotation: str, function: Any) -> Any:
    from types import SimpleNamespace
    from typing import get_type_hints

    # A name of the function in which the handler was defined is among its closure, if anywhere.
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    try:
        local = {name: cell.cell_contents for name, cell in cells}
        stand_in = SimpleNamespace(__annotations__={"value": annotation})
        return get_type_hints(stand_in, function.__globals__, local, include_extras=True)["value"]
    except Exception:  # noqa: BLE001  # an annotation that says nothing at run time, such as a name for checkers only
        return None


def _dependencies(function: Any, names: tuple[str, ...], annotations: dict[str, Any]) -> dict[str, Any]:
    innermost = innermost_function(function)
    positional = positional_names(function)
    values = getattr(innermost, "__defaults__", None) or ()
    given = {
        **dict(zip(positional[len(positional) - len(values) :], values, strict=True)),
        **(getattr(innermost, "__kwdefaults__", None) or {}),
    }
    found = {}
    for name in names:
        for candidate in (given.get(name), *getattr(annotations.get(name), "__metadata__", ())):
            if candidate is not None and _is_marker(candidate):
                found[name] = candidate
                break
    return found


def _is_marker(value: Any) -> bool:
    """Return whether a value marks a dependency: ours, or that of another package with the same attributes."""
    own = sys.modules.get("lambda_powertools.batch.depends")
    if own is not None and isinstance(value, own.Depends):
        return True
    kind = type(value)
    return kind.__name__ == "Depends" and callable(getattr(value, "dependency", None))
