"""Evaluating expressions. jmespath is imported when the first of them is compiled."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from jmespath.visitor import TreeInterpreter

MAX_COMPILED = 128
"""How many expressions are kept compiled; the one that was not used for longest gives way."""

_PLAIN = frozenset({dict, list, str, int, float, bool, type(None)})


def query(data: Any, envelope: str, jmespath_options: dict[str, Any] | None = None) -> Any:
    """Return what an expression finds in the data, None if nothing.

    The syntax: https://jmespath.org/specification.html

    Args:
        data: any JSON-like value; of an event source data class, its raw event.
        envelope: the expression; `lambda_powertools.jmespath.envelopes` has ready ones.
        jmespath_options: keywords for `jmespath.Options`. `custom_functions` takes the place of `PowertoolsFunctions`.

    Raises:
        InvalidEnvelopeExpressionError: the expression or the options are wrong, or decoded data is not UTF-8 text.
        jmespath.exceptions.JMESPathError: the expression calls an unknown function, or one with wrong arguments.
        ValueError: the data holds malformed JSON or base64.

    Example:
        >>> query({"body": '{"order": {"id": 7}}'}, "powertools_json(body).order.id")
        7
    """
    return compile_expression(envelope, jmespath_options)(data)


def compile_expression(envelope: str, jmespath_options: dict[str, Any] | None = None) -> Callable[[Any], Any]:
    """Return a function that evaluates an expression on the data it is given.

    Args:
        envelope: the expression.
        jmespath_options: as for `query`.

    Raises:
        InvalidEnvelopeExpressionError: the expression or the options are wrong.

    Example:
        >>> order_id = compile_expression("powertools_json(body).id")
        >>> [order_id({"body": '{"id": 1}'}), order_id({"body": "{}"})]
        [1, None]
    """
    if type(envelope) is not str:
        _require_text(envelope)
    if not jmespath_options:
        return _compiled(envelope)
    return _evaluator(envelope, _parse(envelope), _interpreter(envelope, jmespath_options))


def extract_data_from_envelope(data: Any, envelope: str, jmespath_options: dict[str, Any] | None = None) -> Any:
    """Return what an expression finds in the data. Deprecated: `query` is its name now.

    Example:
        >>> import warnings
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("ignore")
        ...     extract_data_from_envelope({"id": 7}, "id")
        7
    """
    import warnings

    warnings.warn(
        "The extract_data_from_envelope method is deprecated in V3. Use query instead.",
        _deprecation_category(),
        stacklevel=2,
    )
    return query(data, envelope, jmespath_options)


@lru_cache(maxsize=MAX_COMPILED)
def _compiled(envelope: str) -> Callable[[Any], Any]:
    return _evaluator(envelope, _parse(envelope), _default_interpreter())


@lru_cache(maxsize=MAX_COMPILED)
def _parse(envelope: str) -> Any:
    import jmespath

    try:
        parsed = jmespath.compile(envelope).parsed
    except (jmespath.exceptions.ParseError, jmespath.exceptions.EmptyExpressionError) as error:
        raise _invalid(f"JMESPath expression {envelope!r} cannot be parsed: {error}") from error
    return parsed


@lru_cache(maxsize=1)
def _default_interpreter() -> TreeInterpreter:
    """Return the one interpreter of expressions without options; it has no state but a cache of its methods."""
    return _interpreter("", {})


def _interpreter(envelope: str, options: dict[str, Any]) -> TreeInterpreter:
    import jmespath
    from jmespath.visitor import TreeInterpreter

    try:
        given = jmespath.Options(**options)
    except TypeError as error:
        raise _invalid(f"jmespath_options for expression {envelope!r} are wrong: {error}") from error
    if given.custom_functions is None:
        given.custom_functions = _functions()
    return TreeInterpreter(given)


@lru_cache(maxsize=1)
def _functions() -> Any:
    from lambda_powertools.jmespath.functions import PowertoolsFunctions

    return PowertoolsFunctions()


def _evaluator(envelope: str, parsed: Any, interpreter: TreeInterpreter) -> Callable[[Any], Any]:
    from lambda_powertools.jmespath.functions import _NotTextError

    visit = interpreter.visit

    def evaluate(data: Any) -> Any:
        if type(data) not in _PLAIN:
            data = getattr(data, "raw_event", data)
        try:
            return visit(parsed, data)
        except _NotTextError as error:
            raise _invalid(
                f"expression {envelope!r} decodes to bytes that are not UTF-8 text in a {type(data).__name__}: {error}"
            ) from error

    return evaluate


def _require_text(envelope: object) -> None:
    if envelope is None:
        _parse("")  # says that there is none
    if not isinstance(envelope, str):
        kind = type(envelope).__name__
        raise _invalid(f"a JMESPath expression is a str, not the {kind} {envelope!r:.80}") from TypeError(kind)


def _invalid(message: str) -> Exception:
    from lambda_powertools.jmespath.exceptions import InvalidEnvelopeExpressionError

    return InvalidEnvelopeExpressionError(message)


def _deprecation_category() -> type[Warning]:
    from importlib import import_module

    try:
        category: type[Warning] = import_module("lambda_powertools.core.warnings").PowertoolsDeprecationWarning
    except (ImportError, AttributeError):  # core is not needed, so it need not be there, nor be new
        return DeprecationWarning
    return category
