"""The app of a Function URL."""

from __future__ import annotations

from lambda_powertools.event_handler._resolvers import FrontEndResolver
from lambda_powertools.event_handler._sources import ProxyEventType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.data_classes.lambda_function_url_event import LambdaFunctionUrlEvent


class LambdaFunctionUrlResolver(FrontEndResolver):
    """An app behind a Function URL.

    https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html

    Example:
        >>> from lambda_powertools.event_handler import LambdaFunctionUrlResolver
        >>> app = LambdaFunctionUrlResolver()
        >>> @app.get("/ping")
        ... def ping():
        ...     return "pong"
        >>> event = {"rawPath": "/ping", "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}
        >>> app.resolve(event, None)["headers"]
        {'Content-Type': 'application/json'}
    """

    _front_end = ProxyEventType.LambdaFunctionUrlEvent

    if TYPE_CHECKING:

        @property
        def current_event(self) -> LambdaFunctionUrlEvent: ...  # noqa: D102  # as the base class
