"""Writes validators down as a module, so that a function compiles nothing when it starts. For builds."""

from __future__ import annotations

import re
from textwrap import indent
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.validation._compile import compile_source
from lambda_powertools.validation.compiled import FORMAT, schema_key
from lambda_powertools.validation.exceptions import InvalidSchemaFormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEAD = '''"""Validators of JSON schemas. Written by `powertools schema compile`: do not edit, run it again."""
# ruff: noqa
# fmt: off
# mypy: ignore-errors

from lambda_powertools.validation.compiled import CompiledSchema, Failure, Failures, register
'''

_IMPORT = re.compile(r"^from fastjsonschema import .*$", re.MULTILINE)
_OWN_EXCEPTIONS = "JsonSchemaValueException, JsonSchemaValuesException = Failure, Failures"
_VERSION = re.compile(r"^VERSION = .*\n", re.MULTILINE)
_FIRST_FUNCTION = re.compile(r"^def (\w+)\(", re.MULTILINE)
_OWN_NAMES = frozenset({"CompiledSchema", "Failure", "Failures", "register"})


class SchemaSource(NamedTuple):
    """A schema to compile.

    Attributes:
        name: what its function is to be called.
        schema: the schema.
        formats: regular expressions by name of a format.
        options: keywords for `fastjsonschema.compile`.
    """

    name: str
    schema: Any
    formats: Mapping[str, str] = {}
    options: Mapping[str, Any] = {}


def write_module(sources: Iterable[SchemaSource]) -> str:
    """Return the source of a module with one validator for each schema.

    The module needs `lambda_powertools.validation`, and neither fastjsonschema nor the schemas. A validator is built,
    its regular expressions included, when it is first called.

    Raises:
        InvalidSchemaFormatError: a schema cannot be used, or two have one name; it says which.

    Example:
        >>> source = write_module([SchemaSource("positive", {"type": "number", "exclusiveMinimum": 0})])
        >>> module = {}
        >>> exec(source, module)
        >>> module["positive"](3)
        3
    """
    parts = [_HEAD]
    names: list[str] = []
    for source in sources:
        if source.name in names or source.name in _OWN_NAMES:
            raise InvalidSchemaFormatError(f"two schemas would be called {source.name!r}: give one another name")
        parts.append(_function(source))
        names.append(source.name)
    parts.append(f"register({FORMAT}, {', '.join(names)})\n")
    return "\n\n".join(parts)


def _function(source: SchemaSource) -> str:
    if not source.name.isidentifier() or source.name.startswith("_"):
        raise InvalidSchemaFormatError(f"{source.name!r} is no name for a function")
    key = schema_key(source.schema, source.options)
    if key is None:
        raise InvalidSchemaFormatError(f"schema {source.name!r} cannot be written as JSON")
    try:
        code, used = compile_source(source.schema, source.formats, source.options)
    except InvalidSchemaFormatError as error:
        raise InvalidSchemaFormatError(f"schema {source.name!r}: {error}") from error
    functions = _VERSION.sub("", _IMPORT.sub(_OWN_EXCEPTIONS, code))
    first = _FIRST_FUNCTION.search(functions)
    if first is None:
        raise InvalidSchemaFormatError(f"schema {source.name!r}: fastjsonschema wrote no function for it")
    build = f"def _build_{source.name}():\n{indent(functions, '    ')}\n    return {first.group(1)}\n"
    formats = {name: source.formats.get(name) for name in sorted(used)}
    return f"{build}\n\n{source.name} = CompiledSchema({key!r}, _build_{source.name}, {formats!r})"
