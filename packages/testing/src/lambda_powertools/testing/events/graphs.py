"""AppSync and Bedrock: GraphQL fields, channels, and the actions of agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.events._values import ACCOUNT_ID, REGION, SECONDS, iso, uid
from lambda_powertools.testing.events.http import SOURCE_IP, USER_AGENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HOST = f"giy7kumfmvcqvbedntjwjvagii.appsync-api.{REGION}.amazonaws.com"


def cognito_identity(username: str = "ada", groups: Sequence[str] = ("customers",)) -> dict[str, Any]:
    """Return the identity that AppSync makes of a user of a Cognito user pool.

    Args:
        username: name of the user.
        groups: the groups of the user.

    Example:
        >>> cognito_identity("grace")["claims"]["cognito:username"]
        'grace'
    """
    sub, issuer = uid("cognito", username), f"https://cognito-idp.{REGION}.amazonaws.com/us-east-1_AbCdEfGhI"
    claims = {
        "sub": sub,
        "iss": issuer,
        "cognito:username": username,
        "cognito:groups": list(groups),
        "token_use": "id",
        "auth_time": SECONDS,
        "iat": SECONDS,
        "exp": SECONDS + 3600,
    }
    return {
        "sub": sub,
        "issuer": issuer,
        "username": username,
        "claims": claims,
        "sourceIp": [SOURCE_IP],
        "defaultAuthStrategy": "ALLOW",
        "groups": list(groups),
    }


def appsync(
    field: str = "order",
    *,
    arguments: Mapping[str, Any] | None = None,
    type_name: str = "Query",
    source: Mapping[str, Any] | None = None,
    identity: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    selection: Sequence[str] = ("id", "status"),
) -> dict[str, Any]:
    """Return a field that AppSync wants to be resolved.

    Format: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html

    Args:
        field: name of the field.
        arguments: its arguments; by default `{"id": "7"}`.
        type_name: the type that it belongs to.
        source: the object that it belongs to, where that is no root.
        identity: who asks; by default a user of a Cognito user pool. `{}` for an API key.
        headers: headers of the request.
        selection: the fields that are asked for.

    Example:
        >>> appsync("orders", arguments={"limit": 5})["info"]["fieldName"]
        'orders'
    """
    given = {"id": "7"} if arguments is None else dict(arguments)
    fields = " ".join(selection)
    return {
        "arguments": given,
        "identity": _identity(identity),
        "source": None if source is None else dict(source),
        "request": _request(headers),
        "prev": None,
        "info": {
            "selectionSetList": list(selection),
            "selectionSetGraphQL": f"{{ {fields} }}",
            "parentTypeName": type_name,
            "fieldName": field,
            "variables": dict(given),
        },
        "stash": {},
    }


def appsync_events(
    operation: str = "PUBLISH",
    *,
    channel: str = "/orders/7",
    payloads: Sequence[Mapping[str, Any]] | None = None,
    identity: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return events on a channel of AppSync Events, or the wish to subscribe to it.

    Format: https://docs.aws.amazon.com/appsync/latest/eventapi/writing-event-handlers.html

    Args:
        operation: `PUBLISH` or `SUBSCRIBE`.
        channel: path of the channel, which begins with its namespace.
        payloads: payload of each event that is published; by default one, `{"id": "7"}`.
        identity: who asks; by default a user of a Cognito user pool. `{}` for an API key.
        headers: headers of the request.

    Example:
        >>> appsync_events(channel="/chat/room")["info"]["channelNamespace"]
        {'name': 'chat'}
    """
    segments = [segment for segment in channel.split("/") if segment]
    published = [{"id": "7"}] if payloads is None else payloads
    return {
        "identity": _identity(identity),
        "result": None,
        "request": _request(headers),
        "info": {
            "channel": {"path": f"/{'/'.join(segments)}", "segments": segments},
            "channelNamespace": {"name": segments[0] if segments else ""},
            "operation": operation,
        },
        "error": None,
        "prev": None,
        "stash": {},
        "outErrors": [],
        "events": [
            {"id": uid("appsync-event", index), "payload": dict(payload)} for index, payload in enumerate(published)
        ]
        if operation == "PUBLISH"
        else None,
    }


def _identity(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return cognito_identity() if given is None else dict(given) or None


def _request(headers: Mapping[str, str] | None) -> dict[str, Any]:
    sent = {
        "host": _HOST,
        "user-agent": USER_AGENT,
        "content-type": "application/json",
        "x-forwarded-for": SOURCE_IP,
        "x-forwarded-proto": "https",
        "x-amzn-requestid": uid("appsync"),
        **{name.lower(): value for name, value in (headers or {}).items()},
    }
    return {"headers": sent, "domainName": None}


_AGENT = {"name": "shop", "id": "AGENT12345", "alias": "TSTALIASID", "version": "DRAFT"}


def bedrock(
    path: str = "/orders/{id}",
    *,
    method: str = "GET",
    parameters: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    input_text: str = "Where is my order 7?",
    session_attributes: Mapping[str, str] | None = None,
    action_group: str = "orders",
) -> dict[str, Any]:
    """Return an action of an agent of Bedrock whose action group has an OpenAPI schema.

    Format: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html

    Args:
        path: path in the schema, with its parameters in braces.
        method: method of the operation.
        parameters: its parameters; by default `{"id": "7"}`.
        body: properties of its body, of type application/json.
        input_text: what the user said.
        session_attributes: attributes of the session.
        action_group: name of the action group.

    Example:
        >>> bedrock()["parameters"]
        [{'name': 'id', 'type': 'string', 'value': '7'}]
    """
    event: dict[str, Any] = {
        "messageVersion": "1.0",
        "agent": dict(_AGENT),
        "inputText": input_text,
        "sessionId": uid("bedrock-session"),
        "actionGroup": action_group,
        "apiPath": path,
        "httpMethod": method.upper(),
        "parameters": _properties({"id": "7"} if parameters is None else parameters),
        "sessionAttributes": dict(session_attributes or {}),
        "promptSessionAttributes": {},
    }
    if body is not None:
        event["requestBody"] = {"content": {"application/json": {"properties": _properties(body)}}}
    return event


def bedrock_function(
    function: str = "find_order",
    *,
    parameters: Mapping[str, Any] | None = None,
    input_text: str = "Where is my order 7?",
    session_attributes: Mapping[str, str] | None = None,
    prompt_session_attributes: Mapping[str, str] | None = None,
    action_group: str = "orders",
) -> dict[str, Any]:
    """Return an action of an agent of Bedrock whose action group has function details.

    Format: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html

    Args:
        function: name of the function.
        parameters: its parameters; by default `{"id": "7"}`.
        input_text: what the user said.
        session_attributes: attributes of the session.
        prompt_session_attributes: attributes of the prompt.
        action_group: name of the action group.

    Example:
        >>> bedrock_function(parameters={"count": 3})["parameters"]
        [{'name': 'count', 'type': 'integer', 'value': '3'}]
    """
    return {
        "messageVersion": "1.0",
        "agent": dict(_AGENT),
        "inputText": input_text,
        "sessionId": uid("bedrock-session"),
        "actionGroup": action_group,
        "function": function,
        "parameters": _properties({"id": "7"} if parameters is None else parameters),
        "sessionAttributes": dict(session_attributes or {}),
        "promptSessionAttributes": dict(prompt_session_attributes or {}),
    }


def _properties(values: Mapping[str, Any]) -> list[dict[str, str]]:
    from lambda_powertools.testing.events._values import text_of

    kinds = {bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
    return [
        {"name": name, "type": kinds.get(type(value), "string"), "value": text_of(value)}
        for name, value in values.items()
    ]


def connect(
    parameters: Mapping[str, str] | None = None,
    *,
    attributes: Mapping[str, str] | None = None,
    channel: str = "VOICE",
    initiation_method: str = "INBOUND",
    customer_number: str = "+12065550100",
) -> dict[str, Any]:
    """Return a contact flow of Amazon Connect.

    Format: https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html

    Args:
        parameters: parameters of the block that invokes the function.
        attributes: attributes of the contact.
        channel: VOICE, CHAT or TASK.
        initiation_method: how the contact began.
        customer_number: the customer's telephone number.

    Example:
        >>> connect({"order": "7"})["Details"]["Parameters"]
        {'order': '7'}
    """
    instance = f"arn:aws:connect:{REGION}:{ACCOUNT_ID}:instance/{uid('connect')}"
    contact = uid("contact")
    return {
        "Name": "ContactFlowEvent",
        "Details": {
            "ContactData": {
                "Attributes": dict(attributes or {}),
                "Channel": channel,
                "ContactId": contact,
                "CustomerEndpoint": {"Address": customer_number, "Type": "TELEPHONE_NUMBER"},
                "InitialContactId": contact,
                "InitiationMethod": initiation_method,
                "InstanceARN": instance,
                "MediaStreams": {
                    "Customer": {
                        "Audio": {
                            "StartFragmentNumber": "91343852333181432392682062622220590765191907586",
                            "StartTimestamp": str(SECONDS * 1000),
                            "StreamARN": f"arn:aws:kinesisvideo:{REGION}:{ACCOUNT_ID}:stream/shop/{SECONDS * 1000}",
                        }
                    }
                },
                "PreviousContactId": contact,
                "Queue": {"ARN": f"{instance}/queue/{uid('queue')}", "Name": "orders"},
                "SystemEndpoint": {"Address": "+12065550199", "Type": "TELEPHONE_NUMBER"},
            },
            "Parameters": dict(parameters or {}),
        },
    }


def cloudwatch_alarm(
    alarm_name: str = "orders-failing",
    *,
    state: str = "ALARM",
    previous_state: str = "OK",
    reason: str = "Threshold Crossed: 1 out of the last 1 datapoints [5.0] was greater than the threshold (0.0).",
    metric_name: str = "OrderFailed",
    namespace: str = "Shop",
) -> dict[str, Any]:
    """Return the change of an alarm's state.

    Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html

    Args:
        alarm_name: name of the alarm.
        state: its state.
        previous_state: the state before.
        reason: why it has changed.
        metric_name: name of the metric.
        namespace: namespace of the metric.

    Example:
        >>> cloudwatch_alarm()["alarmData"]["state"]["value"]
        'ALARM'
    """
    from lambda_powertools.testing.events._values import text_of

    data = {"version": "1.0", "queryDate": iso(), "statistic": "Sum", "period": 60, "threshold": 0.0}
    metric = {"namespace": namespace, "name": metric_name, "dimensions": {"service": "orders"}}
    return {
        "source": "aws.cloudwatch",
        "alarmArn": f"arn:aws:cloudwatch:{REGION}:{ACCOUNT_ID}:alarm:{alarm_name}",
        "accountId": ACCOUNT_ID,
        "time": iso(),
        "region": REGION,
        "alarmData": {
            "alarmName": alarm_name,
            "state": {"value": state, "reason": reason, "reasonData": text_of(data), "timestamp": iso()},
            "previousState": {
                "value": previous_state,
                "reason": "Threshold Crossed: no datapoints were received for 1 period.",
                "reasonData": text_of({**data, "recentDatapoints": []}),
                "timestamp": iso(plus=-600),
            },
            "configuration": {
                "description": "Orders fail",
                "metrics": [
                    {"id": "m1", "metricStat": {"metric": metric, "period": 60, "stat": "Sum"}, "returnData": True}
                ],
            },
        },
    }
