"""From a schema to a validator, with fastjsonschema, which is imported when the first schema is compiled.

https://json-schema.org/specification
"""

from __future__ import annotations

from lambda_powertools.validation.exceptions import InvalidSchemaFormatError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, NoReturn

    Handler = Callable[[str], Any]
    Format = str | Callable[[str], Any]
    Validator = Callable[[Any], Any]
else:
    from lambda_powertools.core.static import Any

_DRAFTS = {"draft-04": "04", "draft-06": "06", "draft-07": "07"}
_NEWEST = "2019"
_NO_OPTIONS = frozenset({"definition", "handlers", "formats"})


def compile_schema(
    schema: Any, formats: Mapping[str, Format], handlers: Mapping[str, Handler], options: Mapping[str, Any]
) -> Validator:
    """Return a function that validates data; it raises fastjsonschema's exceptions."""
    import fastjsonschema

    validator: Validator = _generate(fastjsonschema.compile, schema, formats, handlers, options)[0]
    return validator


def compile_source(schema: Any, formats: Mapping[str, Format], options: Mapping[str, Any]) -> tuple[str, set[str]]:
    """Return the source of functions that validate, the first for the whole schema, and the formats it uses."""
    import fastjsonschema

    source: tuple[str, set[str]] = _generate(fastjsonschema.compile_to_code, schema, formats, {}, options)
    return source


def copy_schema(value: Any) -> Any:
    """Return a copy of the objects and arrays of a schema, with the same values in them."""
    if isinstance(value, dict):
        return {key: copy_schema(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copy_schema(item) for item in value]
    return value


def _generate(
    generate: Any,
    schema: Any,
    formats: Mapping[str, Format],
    handlers: Mapping[str, Handler],
    options: Mapping[str, Any],
) -> tuple[Any, set[str]]:
    _check_options(generate, options)
    noting = _NotingFormats(formats)
    guarded = _GuardedHandlers(handlers)
    try:
        # A copy, as fastjsonschema writes resolved references into the schema.
        result = generate(copy_schema(schema), handlers=guarded, formats=noting, **options)
    except Exception as error:
        if error is guarded.failure:
            raise
        if isinstance(error, InvalidSchemaFormatError):  # a reference that is not followed
            raise
        raise InvalidSchemaFormatError(
            f"schema cannot be compiled: {type(error).__name__}: {str(error)[:200]} "
            f"(schema: {_abbreviated(schema)}, formats: {sorted(formats)})"
        ) from error
    _check_known(schema, noting)
    return result, noting.used


class _NotingFormats(dict[str, Any]):
    """The user's formats; notes which ones fastjsonschema looks for, which are those that the schema uses."""

    def __init__(self, formats: Mapping[str, Format]) -> None:
        super().__init__(formats)
        self.used: set[Any] = set()

    def __contains__(self, name: object) -> bool:
        self.used.add(name)
        return super().__contains__(name)


class _GuardedHandlers:
    """Answers for every scheme, so that fastjsonschema never fetches a reference by itself."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers
        self.failure: Exception | None = None

    def __contains__(self, scheme: object) -> bool:
        return True

    def __getitem__(self, scheme: str) -> Handler:
        handler = self._handlers.get(scheme)
        if handler is None:
            return _refuse_reference

        def resolve(uri: str) -> Any:
            try:
                found = handler(uri)
            except Exception as error:
                self.failure = error
                raise
            return copy_schema(found)  # it is the handler's own, perhaps given out more than once

        return resolve


def _refuse_reference(uri: str) -> NoReturn:
    scheme = uri.partition(":")[0] if ":" in uri else ""
    raise InvalidSchemaFormatError(
        f"schema refers to {uri!r:.200}, and nothing is fetched without a handler: "
        f"give handlers={{{scheme!r}: function}}, which returns the schema of a URI"
    )


def _check_known(schema: Any, formats: _NotingFormats) -> None:
    """Refuse formats that nobody knows, which fastjsonschema takes no notice of."""
    unknown = formats.used - formats.keys() - {"regex"}
    if unknown:
        unknown -= _built_in_formats(schema)
    if unknown:
        names = ", ".join(sorted(map(repr, unknown)))
        raise InvalidSchemaFormatError(
            f"schema uses the format {names}, which is neither built in for its draft nor in formats: give it there, "
            'or provider_options={"use_formats": False} to check no format'
        )


def _built_in_formats(schema: Any) -> set[str]:
    """Return the formats that are built in for the draft of a schema."""
    from importlib import import_module

    version = schema.get("$schema", "") if isinstance(schema, dict) else ""
    draft = next((draft for marker, draft in _DRAFTS.items() if marker in version), _NEWEST)
    module = import_module(f"fastjsonschema.draft{draft}")
    return set(getattr(module, f"CodeGeneratorDraft{draft}").FORMAT_REGEXS)


def _check_options(generate: Any, options: Mapping[str, Any]) -> None:
    from lambda_powertools.core.callables import argument_names
    from lambda_powertools.core.suggestions import did_you_mean

    known = [name for name in argument_names(generate) if name not in _NO_OPTIONS]
    for option in options:
        if option not in known:
            raise InvalidSchemaFormatError(
                f"provider_options has no option {option!r}{did_you_mean(str(option), known)}; "
                f"the installed fastjsonschema accepts {', '.join(known)}"
            )


def _abbreviated(schema: Any) -> str:
    try:
        return f"{schema!r:.200}"
    except RecursionError:
        return f"a {type(schema).__name__} that is nested too deeply"
