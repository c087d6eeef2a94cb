"""One validation: unwrap, look the validator up, run it, and say what is wrong."""

from __future__ import annotations

from lambda_powertools.validation._cache import validators

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.validation._compile import Format, Handler, Validator

_PLAIN = frozenset({dict, list, str, int, float, bool, type(None)})

_seen_at = validators.seen_at


def validate(
    event: Any,
    schema: dict[str, Any] | bool,
    formats: dict[str, Format] | None = None,
    handlers: dict[str, Handler] | None = None,
    provider_options: dict[str, Any] | None = None,
    envelope: str | None = None,
    jmespath_options: dict[str, Any] | None = None,
) -> Any:
    """Validate data against a JSON Schema, and return the data.

    The drafts 4, 6 and 7 are known, the last is the default: https://json-schema.org/specification. A schema is
    compiled when it is first used. Values that the schema has a `default` for are written into the data itself.

    Args:
        event: any JSON-like value; of an event source data class, its raw event. A text is a text, not parsed.
        schema: the schema.
        formats: by name of a format, a regular expression, matched from the beginning, or a function that says whether
            a text conforms.
        handlers: by scheme of a URI, a function that returns the schema that a `$ref` to such a URI means. Without one
            such a reference is an error: nothing is fetched.
        provider_options: keywords for `fastjsonschema.compile`: `use_default`, `use_formats`, `detailed_exceptions`,
            `fast_fail`.
        envelope: a JMESPath expression; what it finds in the event is validated and returned.
        jmespath_options: keywords for `jmespath.Options`.

    Raises:
        SchemaValidationError: the data does not conform.
        InvalidSchemaFormatError: the schema, the formats, the handlers or the options cannot be used.
        InvalidEnvelopeExpressionError: the envelope is no JMESPath expression.

    Example:
        >>> from lambda_powertools.validation import validate
        >>> schema = {"type": "object", "required": ["id"], "properties": {"note": {"default": ""}}}
        >>> validate({"detail": {"id": 7}}, schema, envelope="detail")
        {'id': 7, 'note': ''}
    """
    if envelope:
        from lambda_powertools.jmespath import query

        event = query(event, envelope, jmespath_options)
    elif type(event) not in _PLAIN:
        event = unwrap(event)
    # In line, as a call takes a good part of the time that a small schema does. That the schema is held by what was
    # found keeps its id from being given to another object.
    seen = _seen_at(id(schema))
    if seen is not None and seen[0] is schema and seen[1] == schema and not (formats or handlers or provider_options):
        entry = seen[2]
        entry.used = True
        validator = entry.validator
    else:
        validator = validators.find(schema, formats, handlers, provider_options)
    try:
        return validator(event)
    except ValueError as failure:
        raise_explained(failure)


def unwrap(event: Any) -> Any:
    """Return the raw event of an event source data class; any other value as it is."""
    return getattr(event, "raw_event", event)


def raise_explained(failure: ValueError) -> Any:
    """Raise the error that tells of a validator's exception, or the exception itself if it is a format function's."""
    from lambda_powertools.validation._failure import explain

    explained = explain(failure)
    if explained is None:
        raise failure
    raise explained from failure


class Check:
    """A validator with what it takes to make it: made at once where that works, else at each use until it does."""

    __slots__ = ("_made", "_parts")

    def __init__(self, schema: Any, formats: Any = None, handlers: Any = None, options: Any = None) -> None:
        self._parts = (schema, formats, handlers, options)
        self._made: Validator | None = None

    def prepare(self) -> Validator:
        """Return the validator.

        Raises:
            InvalidSchemaFormatError: it cannot be made.
        """
        if self._made is None:
            self._made = validators.find(*self._parts)
        return self._made

    def __call__(self, data: Any) -> Any:
        """Validate the data and return it."""
        validator = self._made or self.prepare()
        try:
            return validator(data)
        except ValueError as failure:
            raise_explained(failure)


def validated(check: Callable[[Any], Any], event: Any) -> Any:
    """Validate an event and return it: a data class stays one, and sees the defaults that its raw event was given."""
    raw = unwrap(event)
    data = check(raw)
    return event if data is raw else data
