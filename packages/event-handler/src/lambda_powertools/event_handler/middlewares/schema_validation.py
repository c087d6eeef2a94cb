"""Validation of bodies by JSON Schema; needs the extra `validation`."""

from __future__ import annotations

from importlib import import_module

from lambda_powertools.event_handler.exceptions import BadRequestError, InternalServerError
from lambda_powertools.event_handler.middlewares.base import BaseMiddlewareHandler
from lambda_powertools.event_handler.types import EventHandlerInstance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Any

    from lambda_powertools.event_handler.middlewares.base import NextMiddleware
    from lambda_powertools.event_handler.response import Response


class SchemaValidationMiddleware(BaseMiddlewareHandler[EventHandlerInstance]):
    """Answers a request with 400 whose JSON body does not fit a schema; a response likewise, where it has a schema.

    https://json-schema.org/

    Args:
        inbound_schema: schema of the request's body.
        inbound_formats: custom formats of that schema.
        outbound_schema: schema of the response's body, which is not looked at without one.
        outbound_formats: custom formats of that schema.

    Raises:
        ImportError: the package that validates is not installed.
    """

    def __init__(
        self,
        inbound_schema: dict[str, Any],
        inbound_formats: dict[str, Any] | None = None,
        outbound_schema: dict[str, Any] | None = None,
        outbound_formats: dict[str, Any] | None = None,
    ) -> None:
        _validation()
        self.inbound_schema = inbound_schema
        self.inbound_formats = inbound_formats
        self.outbound_schema = outbound_schema
        self.outbound_formats = outbound_formats

    goes_both_ways = True

    def handler(self, app: EventHandlerInstance, next_middleware: NextMiddleware) -> Any:
        """Validate the body, go on, and validate what came back: a response, or an awaitable of one.

        Raises:
            BadRequestError: a body does not fit its schema.
            InternalServerError: a schema is none.
        """
        _validate(app.current_event.json_body, self.inbound_schema, self.inbound_formats, "Bad Request")
        result: Any = next_middleware(app)
        return self._wait(result) if hasattr(result, "__await__") else self._validated(result)

    async def _wait(self, result: Awaitable[Response[Any]]) -> Response[Any]:
        return self._validated(await result)

    def _validated(self, response: Response[Any]) -> Response[Any]:
        if self.outbound_schema is not None:
            body = response.body
            if isinstance(body, str) and response.is_json():
                import json

                body = json.loads(body)
            _validate(body, self.outbound_schema, self.outbound_formats, "Bad Response")
        return response


def _validation() -> Any:
    try:
        return import_module("lambda_powertools.validation")
    except ImportError as error:
        raise ImportError(
            "SchemaValidationMiddleware needs a package that is not installed: "
            "pip install 'lambda-powertools-event-handler[validation]'"
        ) from error


def _validate(data: Any, schema: dict[str, Any], formats: dict[str, Any] | None, what: str) -> None:
    validation = _validation()
    try:
        validation.validate(event=data, schema=schema, formats=formats)
    except validation.SchemaValidationError as error:
        raise BadRequestError(f"{what}: {error}") from error
    except validation.InvalidSchemaFormatError as error:
        raise InternalServerError("Internal Server Error") from error
