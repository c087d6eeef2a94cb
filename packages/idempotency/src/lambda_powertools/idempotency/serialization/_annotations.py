"""Return annotations: which model a function returns."""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency.exceptions import (
    IdempotencyModelTypeError,
    IdempotencyNoSerializationModelError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_UNIONS = (typing.Union, types.UnionType)


def return_annotation(function: Callable[..., Any]) -> Any:
    """Return what a function is annotated to return, None if it is not.

    Raises:
        IdempotencyModelTypeError: the annotation is a string with a name that does not exist.
    """
    try:
        return typing.get_type_hints(function).get("return")
    except NameError as error:
        raise IdempotencyModelTypeError(
            f"The return annotation of {getattr(function, '__qualname__', function)} cannot be resolved", error
        ) from error


def model_of(model_type: Any) -> Any:
    """Return the model in a return annotation, without `None`.

    Raises:
        IdempotencyNoSerializationModelError: there is no annotation.
        IdempotencyModelTypeError: it names several models.
    """
    if model_type is None:
        raise IdempotencyNoSerializationModelError(
            "The function has no return annotation: its serializer needs one to rebuild the result"
        )
    if typing.get_origin(model_type) not in _UNIONS:
        return model_type
    models = [one for one in typing.get_args(model_type) if one is not type(None)]
    if len(models) != 1:
        raise IdempotencyModelTypeError(
            f"The function returns {model_type}: one model, or one and None, is expected of which a result is rebuilt"
        )
    return models[0]
