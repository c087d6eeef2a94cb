"""Markers that say where a parameter of a route function comes from, and uploaded files.

@app.get("/orders")
def list_orders(limit: Annotated[int, Query(le=100)] = 20, token: Annotated[str, Header(alias="x-token")] = ""): ...
"""

from __future__ import annotations

import warnings
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.openapi.exceptions import HandlerSignatureError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import AliasChoices, AliasPath, GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = [
    "Body",
    "Cookie",
    "File",
    "Form",
    "Header",
    "Marker",
    "Param",
    "ParamTypes",
    "Path",
    "Query",
    "Undefined",
    "UploadFile",
]

Undefined: Any = PydanticUndefined

_DESCRIBING = ("title", "description", "examples", "json_schema_extra")
_FIELD_ARGUMENTS = (
    *_DESCRIBING,
    "gt",
    "ge",
    "lt",
    "le",
    "min_length",
    "max_length",
    "pattern",
    "discriminator",
    "strict",
    "multiple_of",
    "allow_inf_nan",
    "max_digits",
    "decimal_places",
)
_ALIASES = ("alias", "alias_priority", "validation_alias", "serialization_alias")
_FieldInfo: Any = FieldInfo


class Marker(_FieldInfo):  # type: ignore[misc]  # it is final to type checkers, and what users test markers for
    """Says where a parameter comes from, and what its value must be like.

    It is a pydantic `FieldInfo` so that code which asks for one is content; what it says is kept beside that, and only
    `Field(...)` made of `constraints` ever reaches pydantic. An instance may be shared by many parameters: nothing here
    is changed after construction.

    Attributes:
        constraints: arguments for a `pydantic.Field` that checks the value.
        described: what documents say of the value. Pydantic is not told: it would remember the description of a
            parameter as one of the model that the parameter has.
        include_in_schema: whether documents show the parameter.
        openapi_examples: named Example Objects of the parameter.
    """

    def __init__(  # noqa: PLR0913  # the names are those of pydantic's Field
        self,
        default: Any = Undefined,
        *,
        default_factory: Any = Undefined,
        annotation: Any | None = None,
        alias: str | None = None,
        alias_priority: int | None = None,
        validation_alias: str | AliasPath | AliasChoices | None = None,
        serialization_alias: str | None = None,
        title: str | None = None,
        description: str | None = None,
        gt: float | None = None,
        ge: float | None = None,
        lt: float | None = None,
        le: float | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        pattern: str | None = None,
        discriminator: str | None = None,
        strict: bool | None = None,
        multiple_of: float | None = None,
        allow_inf_nan: bool | None = None,
        max_digits: int | None = None,
        decimal_places: int | None = None,
        examples: list[Any] | None = None,
        openapi_examples: dict[str, Any] | None = None,
        deprecated: bool | None = None,
        include_in_schema: bool = True,
        json_schema_extra: dict[str, Any] | None = None,
        **extra: Any,
    ) -> None:
        if alias is None and isinstance(validation_alias, str):
            alias = validation_alias
        elif validation_alias is None:
            validation_alias = alias
        if extra:
            _warn_of_unknown(type(self).__name__, extra)
            json_schema_extra = {**(json_schema_extra or {}), **extra}
        given = {name: value for name, value in locals().items() if name in _FIELD_ARGUMENTS and value is not None}
        aliases = {name: value for name, value in locals().items() if name in _ALIASES and value is not None}
        start: dict[str, Any] = {"default": default} if default_factory in (Undefined, None) else {}
        if default_factory not in (Undefined, None):
            start["default_factory"] = default_factory
        if annotation is not None:
            start["annotation"] = annotation
        super().__init__(**start, **given, **aliases)
        self.constraints = {name: value for name, value in given.items() if name not in _DESCRIBING}
        self.described = {name: value for name, value in given.items() if name in _DESCRIBING}
        self.is_deprecated = bool(deprecated)
        self.include_in_schema = include_in_schema
        self.openapi_examples = openapi_examples

    def __repr__(self) -> str:
        """Return the marker's name and what is most telling of it."""
        return f"{type(self).__name__}({self.default})"


def _warn_of_unknown(marker: str, extra: dict[str, Any]) -> None:
    from lambda_powertools.core.suggestions import did_you_mean

    for name in extra:
        warnings.warn(
            f"{marker}() has no argument {name!r}{did_you_mean(name, (*_FIELD_ARGUMENTS, *_ALIASES))}; it becomes an "
            "extra member of the JSON schema, for which json_schema_extra is the clear way",
            PowertoolsUserWarning,
            stacklevel=4,
        )


class ParamTypes(Enum):
    """Where a parameter that is not in the body comes from."""

    query = "query"
    header = "header"
    path = "path"
    cookie = "cookie"


class Param(Marker):
    """Base of the markers for what is not in the body.

    Takes the arguments of `pydantic.Field` that check or describe a value, and `openapi_examples`, `deprecated` and
    `include_in_schema` for documents. Names that are not known become extras of the JSON schema, with a warning.
    """

    in_: ClassVar[ParamTypes]


class Path(Param):
    """A parameter from the path: a group `<name>` of the route's rule.

    Raises:
        AssertionError: a default is given; a path without the value does not match.

    Example:
        >>> Path(gt=0).in_.value
        'path'
    """

    in_ = ParamTypes.path

    def __init__(self, default: Any = ..., **options: Any) -> None:
        if default is not ... or options.get("default_factory", Undefined) is not Undefined:
            raise HandlerSignatureError("Path() takes no default: a path without it does not match the route")
        super().__init__(default, **options)


class Query(Param):
    """A parameter from the query string.

    Example:
        >>> Query(alias="page-size", le=100).alias
        'page-size'
    """

    in_ = ParamTypes.query


class Header(Param):
    """A parameter from the headers; names are compared without regard to case.

    Args:
        convert_underscores: whether `_` in the parameter's name stands for `-`; an alias is taken as it is.

    Example:
        >>> Header(alias="X-Token").alias
        'x-token'
    """

    in_ = ParamTypes.header

    def __init__(self, default: Any = Undefined, *, convert_underscores: bool = True, **options: Any) -> None:
        for name in ("alias", "validation_alias", "serialization_alias"):
            if isinstance(options.get(name), str):
                options[name] = options[name].lower()
        super().__init__(default, **options)
        self.convert_underscores = convert_underscores


class Cookie(Param):
    """A parameter from the cookies of the request.

    Example:
        >>> Cookie().in_.value
        'cookie'
    """

    in_ = ParamTypes.cookie


class Body(Marker):
    """A parameter from the body.

    Args:
        embed: whether the body is an object in which the parameter is one member; always so with several of them.
        media_type: what documents say of the body's content type.

    Example:
        >>> Body(embed=True).media_type
        'application/json'
    """

    def __init__(
        self, default: Any = Undefined, *, embed: bool = False, media_type: str = "application/json", **options: Any
    ) -> None:
        super().__init__(default, **options)
        self.embed = embed
        self.media_type = media_type


class Form(Body):
    """A parameter from a form: `application/x-www-form-urlencoded`, or a text part of `multipart/form-data`.

    Example:
        >>> Form().embed
        True
    """

    def __init__(
        self, default: Any = Undefined, *, media_type: str = "application/x-www-form-urlencoded", **options: Any
    ) -> None:
        options["embed"] = True
        super().__init__(default, media_type=media_type, **options)


class File(Form):
    """A file from a form of `multipart/form-data`; annotate `bytes`, `UploadFile`, or a list of these.

    Example:
        >>> File().media_type
        'multipart/form-data'
    """

    def __init__(self, default: Any = Undefined, *, media_type: str = "multipart/form-data", **options: Any) -> None:
        super().__init__(default, media_type=media_type, **options)


class UploadFile:
    """A file of a form.

    Attributes:
        content: the bytes of the file.
        filename: the name that the client gave it; do not use it as a path.
        content_type: the media type that the client gave it.

    Example:
        >>> UploadFile(content=b"a,b", filename="table.csv", content_type="text/csv")
        UploadFile(filename='table.csv', content_type='text/csv', size=3)
    """

    __slots__ = ("content", "content_type", "filename")

    def __init__(self, *, content: bytes, filename: str | None = None, content_type: str | None = None) -> None:
        self.content = content
        self.filename = filename
        self.content_type = content_type

    def __len__(self) -> int:
        """Return the size of the content in bytes."""
        return len(self.content)

    def __bool__(self) -> bool:
        """A file is there, even an empty one."""
        return True

    def __repr__(self) -> str:
        """Describe the file without its content."""
        return f"UploadFile(filename={self.filename!r}, content_type={self.content_type!r}, size={len(self)})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic take an object of this class as it is."""
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Mapping[str, Any]:
        """Describe a file as the standard asks for it."""
        return {"type": "string", "format": "binary"}
