"""Type adapters of pydantic: made once for each type, as each takes milliseconds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError, PydanticUndefinedAnnotation, PydanticUserError

from lambda_powertools.event_handler.openapi.exceptions import HandlerSignatureError

if TYPE_CHECKING:
    from collections.abc import Callable

MAXIMUM_SHARED = 512
"""So many adapters are kept for types that other routes may use as well."""


def adapter_for(annotation: Any, where: Callable[[], str]) -> TypeAdapter[Any]:
    """Return the adapter of a type; routes that use the same type share it.

    Args:
        annotation: the type, with everything that constrains it.
        where: says which route and parameter it is of, for the error.

    Raises:
        HandlerSignatureError: the type refers to one that does not exist.
        pydantic.errors.PydanticSchemaGenerationError: pydantic cannot validate the type.
    """
    try:
        try:
            # Unions that differ in their order are equal, and yet not the same to pydantic: the text tells them apart.
            adapter = _shared(annotation, repr(annotation))
        except TypeError:  # metadata that has no hash
            adapter = TypeAdapter(annotation)
        if not getattr(adapter, "pydantic_complete", True):
            adapter.rebuild(raise_errors=True)
    except PydanticSchemaGenerationError as error:
        raise PydanticSchemaGenerationError(f"{where()}: {error.message}") from error
    except (PydanticUndefinedAnnotation, PydanticUserError) as error:
        raise HandlerSignatureError(f"{where()}: {error.message}") from error
    return adapter


@lru_cache(maxsize=MAXIMUM_SHARED)
def _shared(annotation: Any, text: str) -> TypeAdapter[Any]:  # noqa: ARG001  # the text is part of the key
    return TypeAdapter(annotation)
