"""Where each parameter of a route function comes from."""

from __future__ import annotations

import copy
import inspect
from typing import TYPE_CHECKING, Any, cast

from pydantic import Field
from pydantic.fields import FieldInfo

from lambda_powertools.core.callables import display_name
from lambda_powertools.openapi import kinds
from lambda_powertools.openapi.exceptions import HandlerSignatureError
from lambda_powertools.openapi.params import (
    Body,
    File,
    Form,
    Header,
    Marker,
    Param,
    Path,
    Query,
    Undefined,
    UploadFile,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

__all__ = ["LOCATIONS", "RouteParameter", "constraints_of", "embeds", "is_form", "locate"]

LOCATIONS = ("path", "query", "header", "cookie", "body")


class RouteParameter:
    """One parameter, as the request and the document see it.

    Attributes:
        name: its name in the function.
        alias: its name in the request.
        location: `path`, `query`, `header`, `cookie` or `body`.
        annotation: the type of its value, with everything that constrains it.
        marker: what was said of it; a plain marker if nothing was.
        required: whether a request without it is wrong.
        default: its value then, unless `factory` makes it.
    """

    __slots__ = ("_copies", "alias", "annotation", "default", "factory", "location", "marker", "name", "required")

    def __init__(self, name: str, annotation: Any, marker: Marker, default: Any, factory: Any, alias: str) -> None:
        self.name = name
        self.annotation = annotation
        self.marker = marker
        self.location = marker.in_.value if isinstance(marker, Param) else "body"
        self.alias = alias
        self.required = default is Undefined and factory is None
        self.default = default
        self.factory = factory
        self._copies = not isinstance(default, (str, int, float, bool, bytes, tuple, frozenset, type(None)))

    def make_default(self) -> Any:
        """Return the default for one request: what can be changed is not shared between requests."""
        if self.factory is not None:
            return self.factory()
        return copy.deepcopy(self.default) if self._copies else self.default

    def __repr__(self) -> str:
        """Name the parameter and its place."""
        return f"<RouteParameter {self.name} from {self.location} {self.alias!r}>"


def locate(
    function: Callable[..., Any], parameters: Mapping[str, inspect.Parameter], groups: Collection[str]
) -> list[RouteParameter]:
    """Return the parameters of a route function in their order.

    Args:
        function: named in messages.
        parameters: its parameters with resolved annotations, without those that are injected.
        groups: names in the rule of the route.

    Raises:
        HandlerSignatureError: a parameter that could never get a value, or says two things.
    """
    return [_Reader(function, parameter, groups).read() for parameter in parameters.values()]


class _Reader:
    """The analysis of one parameter."""

    def __init__(self, function: Callable[..., Any], parameter: inspect.Parameter, groups: Collection[str]) -> None:
        self.function = function
        self.parameter = parameter
        self.name = parameter.name
        self.groups = groups
        annotation = Any if parameter.annotation is inspect.Parameter.empty else parameter.annotation
        self.declared = annotation
        self.type, self.metadata = kinds.split_annotated(annotation)

    def fail(self, message: str) -> HandlerSignatureError:
        return HandlerSignatureError(f"parameter {self.name!r} of {display_name(self.function)}(): {message}")

    def read(self) -> RouteParameter:
        marker, fields, others, default = self._split()
        if marker is None:
            marker = self._implied()
        if isinstance(marker, Path):
            self._check_path()
            default, factory = Undefined, None
        else:
            factory = marker.default_factory
            for info in [cast("FieldInfo", marker), *fields]:
                if default is Undefined and info.default is not ...:
                    default = info.default
                factory = factory or info.default_factory
            default = Undefined if default is ... else default
            factory = None if default is not Undefined else factory
        alias = self._alias(marker, fields)
        return RouteParameter(self.name, self._checked_type(marker, others), marker, default, factory, alias)

    def _split(self) -> tuple[Marker | None, list[FieldInfo], list[Any], Any]:
        """Return the marker, plain pydantic fields, all other metadata in order, and the default."""
        infos = [_instance(entry) for entry in self.metadata if _is_info(entry)]
        others = [entry for entry in self.metadata if not (_is_info(entry) and isinstance(_instance(entry), Marker))]
        markers = [info for info in infos if isinstance(info, Marker)]
        if len(markers) > 1 or len(infos) > 2:  # noqa: PLR2004  # a marker and a Field
            raise self.fail("it has more than one marker; keep one of Path, Query, Header, Cookie, Body, Form, File")
        if markers and markers[0].default not in (Undefined, ...):
            kind = type(markers[0]).__name__
            raise self.fail(f"a default inside Annotated[..., {kind}()] has no effect; write it after the '='")
        default = Undefined if self.parameter.default is inspect.Parameter.empty else self.parameter.default
        if _is_info(default):
            default = _instance(default)
            if isinstance(default, Marker) and markers:
                raise self.fail("it has a marker in Annotated and another one as its default; keep the first")
            if isinstance(default, Marker):
                return default, [], others, Undefined
            return (markers[0] if markers else None), [*_plain(infos), default], [*others, default], Undefined
        return (markers[0] if markers else None), _plain(infos), others, default

    def _implied(self) -> Marker:
        if self.name in self.groups:
            return Path()
        if any(member is UploadFile or UploadFile in _arguments(member) for member in kinds.members(self.type)):
            return File()
        return Body() if kinds.is_complex(self.type) else Query()

    def _check_path(self) -> None:
        if kinds.is_complex(self.type):
            raise self.fail(f"a value from the path is text, which cannot become {self.declared!r}")
        marked = any(_is_info(entry) and isinstance(_instance(entry), Path) for entry in self.metadata)
        if marked and self.parameter.default is not inspect.Parameter.empty:
            raise self.fail("a Path() takes no default: a path without the value does not match the route")
        if self.name not in self.groups and not self._aliased_group():
            raise self.fail(f"Path() needs <{self.name}> in the rule of the route")

    def _aliased_group(self) -> bool:
        infos = [_instance(entry) for entry in (*self.metadata, self.parameter.default) if _is_info(entry)]
        return any(info.alias in self.groups for info in infos)

    def _alias(self, marker: Marker, fields: list[FieldInfo]) -> str:
        for info in [cast("FieldInfo", marker), *fields]:
            if isinstance(info.validation_alias, str):
                return info.validation_alias
            if info.alias:
                return info.alias
        if isinstance(marker, Header):
            return (self.name.replace("_", "-") if marker.convert_underscores else self.name).lower()
        return self.name

    def _checked_type(self, marker: Marker, others: list[Any]) -> Any:
        """Return the type with everything that constrains it, of public pydantic means only."""
        if self.name in self.groups and not isinstance(marker, Path):
            raise self.fail(f"its name is in the rule of the route, so it cannot be {type(marker).__name__}()")
        extras: list[Any] = []
        for entry in others:
            extras.extend(constraints_of(entry) if isinstance(entry, FieldInfo) else [entry])
        if marker.constraints:
            extras.append(Field(**marker.constraints))
        return kinds.annotated(self.type, extras)


def _is_info(entry: Any) -> bool:
    return isinstance(entry, FieldInfo) or (isinstance(entry, type) and issubclass(entry, Marker))


def _instance(entry: Any) -> FieldInfo:
    info: FieldInfo = entry() if isinstance(entry, type) else entry
    return info


def _plain(infos: list[FieldInfo]) -> list[FieldInfo]:
    return [info for info in infos if not isinstance(info, Marker)]


def _arguments(member: Any) -> tuple[Any, ...]:
    return getattr(member, "__args__", ())


def constraints_of(info: FieldInfo) -> list[Any]:
    """Return what of a field checks and describes a value.

    The rest, its default and aliases, means nothing outside of a model, and pydantic warns of it there.
    """
    described = {name: getattr(info, name) for name in _DESCRIBING if getattr(info, name) is not None}
    return [*info.metadata, *([Field(**described)] if described else [])]


_DESCRIBING = ("title", "description", "examples", "json_schema_extra", "discriminator")


def is_form(parameter: RouteParameter) -> bool:
    """Return whether the parameter is read from a form."""
    return isinstance(parameter.marker, Form)


def embeds(parameter: RouteParameter) -> bool:
    """Return whether the parameter is one member of the body by its own choice."""
    return isinstance(parameter.marker, Body) and parameter.marker.embed
