"""What all markers of parameters have in common."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.warnings import PowertoolsUserWarning

try:
    from pydantic.fields import FieldInfo
    from pydantic_core import PydanticUndefined
except ImportError as error:
    from lambda_powertools.event_handler.openapi.exceptions import missing_pydantic

    raise missing_pydantic() from error

if TYPE_CHECKING:
    from pydantic import AliasChoices, AliasPath

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
