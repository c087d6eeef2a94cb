"""What the plugin parses for a handler, and what of it can be done before the first invocation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import display_name
from lambda_powertools.parser._decorator import PARSES
from lambda_powertools.parser.exceptions import InvalidModelTypeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.core import Application


def target_of(application: Application, model: Any, envelope: Any) -> tuple[Any, Any] | None:
    """Return the model and the envelope for a handler, None if nothing asks for parsing.

    An annotation does not where an app answers events, which it needs raw, or where `event_parser` sees to it.

    Raises:
        InvalidModelTypeError: an envelope is given, and there is no model.
    """
    if model is not None:
        return model, envelope
    handler = application.handler
    annotated, annotated_envelope = (None, None) if _has_a_parser(application) else _annotated(handler)
    if envelope is not None and annotated is None:
        raise InvalidModelTypeError(
            f"{display_name(handler)} has an envelope for its event, but no model: give it as "
            '@powertools(parser={"model": ..., "envelope": ...}), or annotate the event parameter with it'
        )
    return None if annotated is None else (annotated, envelope or annotated_envelope)


def _has_a_parser(application: Application) -> bool:
    app = getattr(application.options.get("event_handler"), "resolver", None)
    return app is not None or getattr(application.handler, PARSES, False) is True


def prepare(model: Any, envelope: Any) -> None:
    """Build the validators that the first invocation would build.

    Raises:
        InvalidModelTypeError: pydantic can make no schema of the model.
    """
    if envelope is not None:
        from lambda_powertools.parser._parsing import opened

        build = getattr(opened(envelope), "prepare", None)
        if build is not None:
            build(model)
        return
    from lambda_powertools.parser._adapters import adapter_of

    adapter_of(model)


def _annotated(handler: Callable[..., Any]) -> tuple[Any, Any]:
    from lambda_powertools.parser import _annotation

    if not _annotation.may_name_a_model():
        return None, None
    try:
        annotation = _annotation.event_annotation(handler)
    except Exception:  # noqa: BLE001  # an annotation that says nothing at run time, such as a name for checkers only
        return None, None
    if annotation is _annotation.NOTHING:
        return None, None
    model, envelope = _annotation.model_and_envelope(annotation)
    return (model, envelope) if envelope is not None or _annotation.names_a_model(model) else (None, None)
