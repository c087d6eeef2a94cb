"""Validators that were compiled ahead of time, by `powertools schema compile`, and how they are found.

Such a module is an ordinary one: import it and call its functions. It is also used by `validate`, `validator` and the
plugin, in place of compiling, where a schema says the same as one in the module. They know it once it was imported.
A module of the name `powertools_schemas` they import by themselves; `POWERTOOLS_VALIDATION_MODULE` gives another name.
"""

from __future__ import annotations

from lambda_powertools.core.settings import Setting, text
from lambda_powertools.validation._failure import _FailureError, _FailuresError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from lambda_powertools.validation._compile import Validator

DEFAULT_MODULE = "powertools_schemas"

MODULE: Setting[str | None] = Setting("POWERTOOLS_VALIDATION_MODULE", None, text)
"""Name of the module with compiled schemas; without it `powertools_schemas`, if there is one."""

FORMAT = 1
"""Raised when compiled modules of an earlier release can no longer be used; they are ignored then."""

Failure = _FailureError
"""What a compiled validator raises about data."""

Failures = _FailuresError
"""What it raises where it was told to find all failures."""

_ready: dict[str, list[CompiledSchema]] = {}
_looked = False


class CompiledSchema:
    """A validator in a compiled module; call it with data, and it returns the data.

    Attributes:
        key: the schema and its options, as one text.
        formats: the formats that the schema uses, each with its regular expression, or None for a built-in one.

    Example:
        >>> from lambda_powertools.validation.compiled import CompiledSchema
        >>> positive = CompiledSchema('[{"minimum":1},{}]', lambda: lambda data: abs(data))
        >>> positive(-3)
        3
    """

    __slots__ = ("_build", "_validator", "formats", "key")

    def __init__(
        self, key: str, build: Callable[[], Validator], formats: Mapping[str, str | None] | None = None
    ) -> None:
        """Keep how to build the validator: it is built when it is first called."""
        self.key = key
        self.formats = formats or {}
        self._build = build
        self._validator: Validator | None = None

    def __call__(self, data: Any) -> Any:
        """Validate the data and return it.

        Raises:
            SchemaValidationError: the data does not conform.
        """
        from lambda_powertools.validation._run import raise_explained

        try:
            return self.validator(data)
        except ValueError as failure:
            raise_explained(failure)

    @property
    def validator(self) -> Validator:
        """The bare validator, which raises `Failure`."""
        if self._validator is None:
            self._validator = self._build()
        return self._validator


def register(compiled_format: int, *schemas: CompiledSchema) -> None:
    """Use these validators from now on for schemas that say the same; a compiled module calls it when imported."""
    if compiled_format == FORMAT:
        for schema in schemas:
            _ready.setdefault(schema.key, []).append(schema)


def schema_key(schema: Any, options: Mapping[str, Any]) -> str | None:
    """Return a schema and its options as one text; None if they cannot be written as JSON.

    Example:
        >>> schema_key({"type": "string"}, {"fast_fail": False})
        '[{"type":"string"},{"fast_fail":false}]'
    """
    import json

    try:
        return json.dumps([schema, dict(sorted(options.items()))], separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):
        return None


def find_compiled(schema: Any, formats: Mapping[str, Any], options: Mapping[str, Any]) -> Validator | None:
    """Return the validator that was compiled ahead of time for this, None if there is none."""
    _import_module()
    if not _ready:
        return None
    key = schema_key(schema, options)
    for compiled in () if key is None else _ready.get(key, ()):
        if all(formats.get(name) == regex for name, regex in compiled.formats.items()):
            return compiled.validator
    return None


def _import_module() -> None:
    global _looked  # once for the process
    if _looked:
        return
    _looked = True
    from importlib import import_module

    named = MODULE.resolve()
    try:
        import_module(named or DEFAULT_MODULE)
    except ModuleNotFoundError as error:
        if named or error.name != DEFAULT_MODULE:
            _looked = False
            raise
