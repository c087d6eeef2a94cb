"""Application Load Balancer.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import computed, required, wrapped
from lambda_powertools.data_classes._multi_value import MultiValueProxyEvent
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.headers_serializer import (
    BaseHeadersSerializer,
    MultiValueHeadersSerializer,
    SingleValueHeadersSerializer,
)


class ALBEventRequestContext(DictWrapper):
    """Where a load balancer's request came through."""

    elb_target_group_arn = required(("elb", "targetGroupArn"), str)


class ALBEvent(MultiValueProxyEvent):
    """A request through an Application Load Balancer.

    Attributes:
        decode_query_parameters: whether `resolved_query_string_parameters` is percent-decoded, which a load balancer
            leaves to its target.

    Example:
        >>> from lambda_powertools.data_classes import ALBEvent
        >>> event = ALBEvent({"httpMethod": "GET", "path": "/orders", "headers": {"Accept": "text/plain"}})
        >>> event.http_method, event.path, event.headers["accept"]
        ('GET', '/orders', 'text/plain')
    """

    decode_query_parameters: bool = False

    request_context = wrapped("requestContext", ALBEventRequestContext)

    @computed
    def resolved_query_string_parameters(self) -> dict[str, list[str]]:
        """All values of each query string parameter, percent-decoded with `decode_query_parameters`."""
        parameters = super().resolved_query_string_parameters
        if not self.decode_query_parameters:
            return parameters
        from urllib.parse import unquote

        return {unquote(name): [unquote(value) for value in values] for name, values in parameters.items()}

    def header_serializer(self) -> BaseHeadersSerializer:
        """Return what writes headers in the way in which the request had them."""
        return MultiValueHeadersSerializer() if self.multi_value_headers else SingleValueHeadersSerializer()
