"""What type checkers must see, checked by `test_typing.py` with `mypy --strict`; nothing here is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from typing_extensions import assert_type

from lambda_powertools.core import powertools
from lambda_powertools.core.typing import LambdaContext
from lambda_powertools.data_classes import (
    ALBEvent,
    ALBEventRequestContext,
    APIGatewayAuthorizerResponse,
    APIGatewayProxyEvent,
    APIGatewayProxyEventV2,
    AppSyncIdentityCognito,
    AppSyncIdentityIAM,
    AppSyncResolverEvent,
    BedrockAgentEvent,
    BedrockAgentProperty,
    BedrockAgentRequestBody,
    CaseInsensitiveDict,
    DictWrapper,
    HttpVerb,
    PreSignUpTriggerEvent,
    RequestContextClientCert,
    SQSEvent,
    SQSRecord,
    VPCLatticeEvent,
    base64_encode,
    event_source,
    parse_api_gateway_arn,
)
from lambda_powertools.data_classes._fields import Field, cached, computed, default, optional, required, writable

EVENT: dict[str, Any] = {}
CONTEXT = LambdaContext()


# Every property has its exact type

rest = APIGatewayProxyEvent(EVENT)
assert_type(rest.path, str)
assert_type(rest.body, str | None)
assert_type(rest.is_base64_encoded, bool | None)
assert_type(rest.headers, CaseInsensitiveDict[Any])
assert_type(rest.query_string_parameters, dict[str, str])
assert_type(rest.resolved_query_string_parameters, dict[str, list[str]])
assert_type(rest.decoded_body, str | None)
assert_type(rest.body_bytes, bytes | None)
assert_type(rest.json_body, Any)
assert_type(rest.raw_event, dict[str, Any])
assert_type(rest.request_context.identity.source_ip, str)
assert_type(rest.request_context.identity.user_agent, str | None)
assert_type(rest.request_context.identity.client_cert, RequestContextClientCert | None)
assert_type(rest.request_context.authorizer.claims, dict[str, Any])
assert_type(rest.request_context.request_time_epoch, int)
assert_type(APIGatewayProxyEventV2(EVENT).path, str)
assert_type(APIGatewayProxyEventV2(EVENT).request_context.http.method, str)
assert_type(ALBEvent(EVENT).request_context, ALBEventRequestContext)
assert_type(ALBEvent(EVENT).decode_query_parameters, bool)
assert_type(VPCLatticeEvent(EVENT).body, str)
assert_type(AppSyncResolverEvent(EVENT).identity, AppSyncIdentityIAM | AppSyncIdentityCognito | None)
assert_type(BedrockAgentEvent(EVENT).parameters, list[BedrockAgentProperty])
assert_type(BedrockAgentEvent(EVENT).request_body, BedrockAgentRequestBody | None)
assert_type(SQSEvent(EVENT).records, Iterator[SQSRecord])
assert_type([record.body for record in SQSEvent(EVENT).records], list[str])
assert_type(rest["path"], Any)
assert_type(parse_api_gateway_arn("").http_method, str | None)
assert_type(base64_encode(""), str)
APIGatewayProxyEvent(EVENT, json_deserializer=str.upper)
ALBEvent(EVENT).decode_query_parameters = True
rest.path = "/"  # type: ignore[assignment]  # expected
rest.nothing  # type: ignore[attr-defined]  # noqa: B018  # expected
APIGatewayProxyEvent("text")  # type: ignore[arg-type]  # expected

sign_up = PreSignUpTriggerEvent(EVENT)
sign_up.response.auto_confirm_user = True
sign_up.response.auto_confirm_user = "yes"  # type: ignore[assignment]  # expected

policy = APIGatewayAuthorizerResponse("jane", "eu-west-1", "1", "abc", "prod")
policy.allow_route(HttpVerb.GET, "/orders")
policy.allow_route("GET", "/orders", [{"a": "b"}])
policy.allow_route(5, "/orders")  # type: ignore[arg-type]  # expected


# The decorators keep the handler's types


@event_source(data_class=SQSEvent)
def handler(event: SQSEvent, context: LambdaContext) -> list[str]:
    """Be handed a data class."""
    return [record.body for record in event.records]


assert_type(handler(EVENT, CONTEXT), list[str])
assert_type(handler(event=EVENT, context=CONTEXT), list[str])
event_source(SQSEvent)  # type: ignore[arg-type]  # expected
event_source(data_class=dict)  # type: ignore[type-var]  # expected


@event_source(data_class=ALBEvent)  # type: ignore[arg-type]  # expected
def annotated_otherwise(event: SQSEvent, context: LambdaContext) -> None:
    """Want another class than the decorator's."""


@powertools
def plugged(event: ALBEvent, context: LambdaContext) -> str:
    """Be handed a data class by the plugin."""
    return event.path


# A class of one's own


class Order(DictWrapper):
    """An event of one's own."""

    number = required("number", int)
    note = optional("note", str)
    tags = default("tags", list[str])
    state: Field[Literal["open", "paid"]] = required("state")
    price = writable(required("price", float))

    @cached
    def total(self) -> float:
        """Be computed once."""
        return self.price * 2

    @computed
    def label(self) -> str:
        """Be computed each time."""
        return self.state


class PaidOrder(Order):
    """An event of one's own, with other properties."""

    note = required("note", str)

    @computed
    def number(self) -> int:
        """Take the place of an inherited field."""
        return 1


order = PaidOrder(EVENT)
assert_type(order.number, int)
assert_type(Order(EVENT).note, str | None)
assert_type(order.note, str)
assert_type(order.tags, list[str])
assert_type(order.state, Literal["open", "paid"])
assert_type(order.total, float)
order.price = 9.9
order.total = 1.0  # type: ignore[assignment]  # expected
