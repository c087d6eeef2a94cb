"""Events of every source, complete and the same every time: `events.sqs(body={"id": 7})`.

Each function returns an event as the service sends it, with ids and times that never change, so a test may compare the
whole. What a test is about is a parameter; anything else can be changed in the dictionary that comes back.
`powertools events generate sqs` writes the same to stdout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.testing.events.graphs import (
        appsync,
        appsync_events,
        bedrock,
        bedrock_function,
        cloudwatch_alarm,
        cognito_identity,
        connect,
    )
    from lambda_powertools.testing.events.http import (
        alb,
        api_gateway_rest,
        api_gateway_websocket,
        function_url,
        http_api,
        vpc_lattice,
        vpc_lattice_v2,
    )
    from lambda_powertools.testing.events.identity import (
        api_gateway_authorizer_request,
        api_gateway_authorizer_token,
        appsync_authorizer,
        cognito,
        http_api_authorizer,
        transfer_family,
    )
    from lambda_powertools.testing.events.messages import (
        active_mq,
        cloudformation,
        rabbit_mq,
        secrets_manager,
        ses,
        sns,
        sns_via_sqs,
        sqs,
    )
    from lambda_powertools.testing.events.operations import (
        cloudwatch_widget,
        codedeploy,
        codepipeline,
        config_rule,
        iot_registry,
    )
    from lambda_powertools.testing.events.storage import s3, s3_batch, s3_eventbridge, s3_object_lambda
    from lambda_powertools.testing.events.streams import (
        cloudwatch_logs,
        dynamodb_stream,
        eventbridge,
        firehose,
        kafka,
        kafka_self_managed,
        kinesis,
        scheduled,
    )

_MODULES = {
    "graphs": "appsync appsync_events bedrock bedrock_function cloudwatch_alarm connect",
    "http": "alb api_gateway_rest api_gateway_websocket function_url http_api vpc_lattice vpc_lattice_v2",
    "identity": (
        "api_gateway_authorizer_request api_gateway_authorizer_token appsync_authorizer cognito http_api_authorizer "
        "transfer_family"
    ),
    "messages": "active_mq cloudformation rabbit_mq secrets_manager ses sns sns_via_sqs sqs",
    "operations": "cloudwatch_widget codedeploy codepipeline config_rule iot_registry",
    "storage": "s3 s3_batch s3_eventbridge s3_object_lambda",
    "streams": "cloudwatch_logs dynamodb_stream eventbridge firehose kafka kafka_self_managed kinesis scheduled",
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}

SOURCES = tuple(sorted(_MODULE_OF))
"""Names of all functions that make an event."""


class EventParameter(NamedTuple):
    """A parameter of an event.

    Attributes:
        name: its name.
        kind: `text`, `integer`, `boolean`, `object`, `list`, `object or text`, or `payload`: text, or what is sent as
            JSON.
        default: its default.
        description: what it is.
    """

    name: str
    kind: str
    default: Any
    description: str


class EventSource(NamedTuple):
    """What is known of a source.

    Attributes:
        name: name of the function.
        make: the function.
        summary: what it returns, as one sentence.
        reference: where AWS documents the format, None if it is another source's.
        parameters: its parameters.
    """

    name: str
    make: Callable[..., dict[str, Any]]
    summary: str
    reference: str | None
    parameters: tuple[EventParameter, ...]


def describe_source(name: str) -> EventSource:
    """Return what is known of a source, from its function's signature and docstring.

    Raises:
        KeyError: there is no source of that name.

    Example:
        >>> describe_source("scheduled").parameters[0].name
        'rule_name'
    """
    import inspect
    import re

    make = getattr(_module(_MODULE_OF[name]), name)
    text = inspect.getdoc(make) or ""
    reference = re.search(r"^Format: (\S+)$", text, re.MULTILINE)
    described = re.findall(r"^    (\w+): ((?:.|\n        )+)", text, re.MULTILINE)
    notes = {key: " ".join(value.split()) for key, value in described}
    parameters = tuple(
        EventParameter(parameter.name, _kind(str(parameter.annotation)), parameter.default, notes[parameter.name])
        for parameter in inspect.signature(make).parameters.values()
    )
    return EventSource(name, make, text.partition("\n")[0], reference[1] if reference else None, parameters)


def _kind(annotation: str) -> str:
    plain = annotation.removesuffix(" | None")
    simple = {"str": "text", "int": "integer", "bool": "boolean", "Payload": "payload"}
    if plain in simple:
        return simple[plain]
    if plain.endswith("| str"):
        return "object or text"
    return "object" if plain.startswith("Mapping") else "list"


def _module(name: str) -> Any:
    from importlib import import_module

    return import_module(f"{__name__}.{name}")


if not TYPE_CHECKING:  # for whom a misspelt name would be right otherwise

    def __getattr__(name: str) -> Any:
        module = "graphs" if name == "cognito_identity" else _MODULE_OF.get(name)
        if module is not None:
            value = globals()[name] = getattr(_module(module), name)
            return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "SOURCES",
    "EventParameter",
    "EventSource",
    "active_mq",
    "alb",
    "api_gateway_authorizer_request",
    "api_gateway_authorizer_token",
    "api_gateway_rest",
    "api_gateway_websocket",
    "appsync",
    "appsync_authorizer",
    "appsync_events",
    "bedrock",
    "bedrock_function",
    "cloudformation",
    "cloudwatch_alarm",
    "cloudwatch_logs",
    "cloudwatch_widget",
    "codedeploy",
    "codepipeline",
    "cognito",
    "cognito_identity",
    "config_rule",
    "connect",
    "describe_source",
    "dynamodb_stream",
    "eventbridge",
    "firehose",
    "function_url",
    "http_api",
    "http_api_authorizer",
    "iot_registry",
    "kafka",
    "kafka_self_managed",
    "kinesis",
    "rabbit_mq",
    "s3",
    "s3_batch",
    "s3_eventbridge",
    "s3_object_lambda",
    "scheduled",
    "secrets_manager",
    "ses",
    "sns",
    "sns_via_sqs",
    "sqs",
    "transfer_family",
    "vpc_lattice",
    "vpc_lattice_v2",
]
