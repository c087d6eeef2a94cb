"""Markers that say where a parameter of a route function comes from, and uploaded files.

@app.get("/orders")
def list_orders(limit: Annotated[int, Query(le=100)] = 20, token: Annotated[str, Header(alias="x-token")] = ""): ...
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from lambda_powertools.event_handler.openapi._marker import Marker, Undefined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Body", "Cookie", "File", "Form", "Header", "Param", "ParamTypes", "Path", "Query", "UploadFile"]


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
            from lambda_powertools.event_handler.openapi.exceptions import HandlerSignatureError

            raise HandlerSignatureError("Path() takes no default: a path without the value does not match the route")
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
