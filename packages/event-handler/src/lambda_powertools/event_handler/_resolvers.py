"""The apps of API Gateway and of Application Load Balancers, and what those of all front ends have in common."""

from __future__ import annotations

from lambda_powertools.event_handler._resolver import ApiGatewayResolver
from lambda_powertools.event_handler._sources import ProxyEventType

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from http import HTTPStatus
    from typing import Any, ClassVar

    from lambda_powertools.data_classes.alb_event import ALBEvent
    from lambda_powertools.data_classes.api_gateway_proxy_event import APIGatewayProxyEvent, APIGatewayProxyEventV2
    from lambda_powertools.event_handler._state import RequestState
    from lambda_powertools.event_handler.cors import CORSConfig
    from lambda_powertools.event_handler.response import Response

MAX_BALANCER_RESPONSE = 1_048_576
"""Bytes that a load balancer accepts.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""


class FrontEndResolver(ApiGatewayResolver):
    """An app of one front end, which its class says; the parameters are those of `ApiGatewayResolver`."""

    _front_end: ClassVar[ProxyEventType]

    def __init__(  # noqa: PLR0913  # the options of an app
        self,
        cors: CORSConfig | None = None,
        debug: bool | None = None,
        serializer: Callable[[Any], str] | None = None,
        strip_prefixes: list[str | re.Pattern[str]] | None = None,
        enable_validation: bool = False,
        response_validation_error_http_code: HTTPStatus | int | None = None,
        json_body_deserializer: Callable[[str], Any] | None = None,
        *,
        problem_details: bool = False,
        max_decompressed_size: int | None = None,
    ) -> None:
        super().__init__(
            self._front_end,
            cors,
            debug,
            serializer,
            strip_prefixes,
            enable_validation,
            response_validation_error_http_code,
            json_body_deserializer,
            problem_details=problem_details,
            max_decompressed_size=max_decompressed_size,
        )


class APIGatewayRestResolver(FrontEndResolver):
    """An app behind a REST API of API Gateway; slashes at the end of a path mean nothing.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
    """

    _front_end = ProxyEventType.APIGatewayProxyEvent
    _trailing_slashes = True

    if TYPE_CHECKING:

        @property
        def current_event(self) -> APIGatewayProxyEvent: ...  # as the base class


class APIGatewayHttpResolver(FrontEndResolver):
    """An app behind an HTTP API of API Gateway, with payload format 2.0.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """

    _front_end = ProxyEventType.APIGatewayProxyEventV2

    if TYPE_CHECKING:

        @property
        def current_event(self) -> APIGatewayProxyEventV2: ...  # as the base class


class ALBResolver(FrontEndResolver):
    """An app behind an Application Load Balancer.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html

    Args:
        decode_query_parameters: whether query strings are percent-decoded for validation; a load balancer does not.
        enable_response_size_validation: whether a response that the load balancer would refuse is an error.
        **options: see `ApiGatewayResolver`.
    """

    _front_end = ProxyEventType.ALBEvent

    def __init__(  # noqa: PLR0913, PLR0917  # the options of an app
        self,
        cors: CORSConfig | None = None,
        debug: bool | None = None,
        serializer: Callable[[Any], str] | None = None,
        strip_prefixes: list[str | re.Pattern[str]] | None = None,
        enable_validation: bool = False,
        response_validation_error_http_code: HTTPStatus | int | None = None,
        json_body_deserializer: Callable[[str], Any] | None = None,
        decode_query_parameters: bool = False,
        enable_response_size_validation: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(
            cors,
            debug,
            serializer,
            strip_prefixes,
            enable_validation,
            response_validation_error_http_code,
            json_body_deserializer,
            **options,
        )
        self._decode_query_parameters = decode_query_parameters
        self._validate_size = enable_response_size_validation

    def prepare_event(self, event: Any) -> None:
        """Tell the event whether its query string is to be decoded."""
        if self._decode_query_parameters:
            event.decode_query_parameters = True

    def build(self, state: RequestState, response: Response[Any]) -> dict[str, Any]:
        """Return a response in the way of a load balancer.

        Raises:
            ResponseSizeExceededError: it is larger than a load balancer accepts, and that is to be checked.
        """
        result = super().build(state, response)
        if self._validate_size:
            _check_size(result)
        return result

    if TYPE_CHECKING:

        @property
        def current_event(self) -> ALBEvent: ...  # as the base class


def _check_size(result: dict[str, Any]) -> None:
    import json
    import os

    from lambda_powertools.event_handler.exceptions import ResponseSizeExceededError

    # The runtime client writes what is not ASCII as it is from Python 3.12 on, as escapes before.
    runtime = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python")[2].partition(".")
    escaped = not (runtime[0] == "3" and runtime[2].isdigit() and int(runtime[2]) >= _UNESCAPED_SINCE)
    size = len(json.dumps(result, ensure_ascii=escaped).encode())
    if size > MAX_BALANCER_RESPONSE:
        raise ResponseSizeExceededError(actual_size=size, max_size=MAX_BALANCER_RESPONSE)


_UNESCAPED_SINCE = 12
