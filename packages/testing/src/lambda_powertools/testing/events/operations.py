"""Operations: Config rules, deployments, pipelines, dashboards and the registry of IoT things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.events._values import (
    ACCOUNT_ID,
    MILLISECONDS,
    REGION,
    Payload,
    arn,
    hex_id,
    iso,
    text_of,
    uid,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def config_rule(
    message_type: str = "ConfigurationItemChangeNotification",
    *,
    resource_type: str = "AWS::S3::Bucket",
    resource_id: str = "shop",
    configuration: Mapping[str, Any] | None = None,
    rule_parameters: Mapping[str, str] | None = None,
    rule_name: str = "buckets-are-private",
) -> dict[str, Any]:
    """Return what a rule of AWS Config wants to be evaluated.

    Format: https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html

    Args:
        message_type: ConfigurationItemChangeNotification, OversizedConfigurationItemChangeNotification or
            ScheduledNotification.
        resource_type: type of the resource.
        resource_id: its id.
        configuration: its configuration.
        rule_parameters: parameters of the rule.
        rule_name: name of the rule.

    Raises:
        ValueError: there is no such type of message.

    Example:
        >>> config_rule("ScheduledNotification")["configRuleName"]
        'buckets-are-private'
    """
    item = {
        "configurationItemVersion": "1.3",
        "configurationItemCaptureTime": iso(),
        "configurationStateId": MILLISECONDS,
        "awsAccountId": ACCOUNT_ID,
        "configurationItemStatus": "OK",
        "resourceType": resource_type,
        "resourceId": resource_id,
        "resourceName": resource_id,
        "ARN": f"arn:aws:s3:::{resource_id}",
        "awsRegion": REGION,
        "availabilityZone": "Regional",
        "configurationStateMd5Hash": "",
        "resourceCreationTime": iso(plus=-86_400),
    }
    sent = {"notificationCreationTime": iso(), "messageType": message_type, "recordVersion": "1.3"}
    if message_type == "ConfigurationItemChangeNotification":
        details: dict[str, Any] = {"relatedEvents": [], "relationships": [], "tags": {}}
        details["supplementaryConfiguration"] = {}
        whole = {**item, **details, "configuration": dict(configuration or {"name": resource_id})}
        message: dict[str, Any] = {"configurationItemDiff": None, "configurationItem": whole, **sent}
    elif message_type == "OversizedConfigurationItemChangeNotification":
        message = {"configurationItemSummary": {**item, "changeType": "UPDATE"}, **sent}
    elif message_type == "ScheduledNotification":
        message = {"awsAccountId": ACCOUNT_ID, **sent, "recordVersion": "1.0"}
    else:
        raise ValueError(
            f"message_type is {message_type!r}: ConfigurationItemChangeNotification, "
            "OversizedConfigurationItemChangeNotification or ScheduledNotification is expected"
        )
    return {
        "version": "1.0",
        "invokingEvent": text_of(message),
        "ruleParameters": text_of(dict(rule_parameters or {})),
        "resultToken": hex_id(40, "config", message_type),
        "eventLeftScope": False,
        "executionRoleArn": f"arn:aws:iam::{ACCOUNT_ID}:role/config",
        "configRuleArn": arn("config", "config-rule/config-rule-0123456"),
        "configRuleName": rule_name,
        "configRuleId": "config-rule-0123456",
        "accountId": ACCOUNT_ID,
        "evaluationMode": "DETECTIVE",
    }


def codedeploy(deployment_id: str = "d-A1B2C3D4E") -> dict[str, Any]:
    """Return a lifecycle hook of a deployment of CodeDeploy.

    Format: https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html

    Args:
        deployment_id: id of the deployment.

    Example:
        >>> codedeploy()["DeploymentId"]
        'd-A1B2C3D4E'
    """
    return {
        "DeploymentId": deployment_id,
        "LifecycleEventHookExecutionId": hex_id(64, "lifecycle", deployment_id),
    }


def codepipeline(
    user_parameters: Payload = "",
    *,
    function_name: str = "test-function",
    bucket: str = "shop-pipeline",
    key: str = "shop/Source/a1B2c3D.zip",
    continuation_token: str | None = None,
) -> dict[str, Any]:
    """Return a job of an Invoke action of CodePipeline.

    Format: https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html

    Args:
        user_parameters: parameters of the action: text, or what is sent as JSON.
        function_name: name of the function.
        bucket: bucket of the input artifact.
        key: its key.
        continuation_token: what an earlier invocation has left.

    Example:
        >>> event = codepipeline({"stage": "test"})
        >>> event["CodePipeline.job"]["data"]["actionConfiguration"]["configuration"]["UserParameters"]
        '{"stage":"test"}'
    """
    artifact = {
        "location": {"s3Location": {"bucketName": bucket, "objectKey": key}, "type": "S3"},
        "revision": None,
        "name": "Source",
    }
    data: dict[str, Any] = {
        "actionConfiguration": {
            "configuration": {"FunctionName": function_name, "UserParameters": text_of(user_parameters)}
        },
        "inputArtifacts": [artifact],
        "outputArtifacts": [
            {
                "location": {"s3Location": {"bucketName": bucket, "objectKey": "shop/Built/d4E5f6G"}, "type": "S3"},
                "revision": None,
                "name": "Built",
            }
        ],
        "artifactCredentials": {
            "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "sessionToken": "EXAMPLETOKEN",
            "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
            "expirationTime": MILLISECONDS + 3_600_000,
        },
    }
    if continuation_token is not None:
        data["continuationToken"] = continuation_token
    return {"CodePipeline.job": {"id": uid("codepipeline"), "accountId": ACCOUNT_ID, "data": data}}


def cloudwatch_widget(
    parameters: Mapping[str, Any] | None = None, *, describe: bool = False, dashboard: str = "shop"
) -> dict[str, Any]:
    """Return the request for a custom widget of a CloudWatch dashboard.

    Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard.html

    Args:
        parameters: parameters of the widget.
        describe: whether it is asked for its documentation.
        dashboard: name of the dashboard.

    Example:
        >>> cloudwatch_widget({"order": "7"})["order"]
        '7'
    """
    given = dict(parameters or {})
    if describe:
        return {"describe": True}
    context = {
        "dashboardName": dashboard,
        "widgetId": "widget-16",
        "accountId": ACCOUNT_ID,
        "domain": f"https://{REGION}.console.aws.amazon.com",
        "locale": "en",
        "timezone": {"label": "UTC", "offsetISO": "+00:00", "offsetInMinutes": 0},
        "period": 300,
        "isAutoPeriod": True,
        "timeRange": {
            "mode": "relative",
            "start": MILLISECONDS - 86_400_000,
            "end": MILLISECONDS,
            "relativeStart": 86_400_000,
            "zoom": {"start": MILLISECONDS - 3_600_000, "end": MILLISECONDS},
        },
        "theme": "light",
        "linkCharts": True,
        "title": "Orders",
        "forms": {"all": {}},
        "params": given,
        "width": 588,
        "height": 369,
    }
    return {**given, "widgetContext": context}


def iot_registry(
    event_type: str = "THING_EVENT", *, operation: str | None = None, name: str = "till-7"
) -> dict[str, Any]:
    """Return an event of the registry of AWS IoT Core.

    Format: https://docs.aws.amazon.com/iot/latest/developerguide/registry-events.html

    Args:
        event_type: THING_EVENT, THING_TYPE_EVENT, THING_TYPE_ASSOCIATION_EVENT, THING_GROUP_EVENT,
            THING_GROUP_MEMBERSHIP_EVENT or THING_GROUP_HIERARCHY_EVENT.
        operation: CREATED, UPDATED or DELETED; of associations, memberships and hierarchies ADDED or REMOVED.
        name: name of the thing, the type or the group.

    Raises:
        ValueError: there is no such type of event.

    Example:
        >>> iot_registry("THING_GROUP_EVENT", name="tills")["thingGroupName"]
        'tills'
    """
    thing = {"thingId": uid("thing", name), "thingName": name}
    group = {"thingGroupId": uid("group", name), "thingGroupName": name}
    account = {"accountId": ACCOUNT_ID}
    membership = {
        "groupArn": arn("iot", f"thinggroup/{name}"),
        "groupId": uid("group", name),
        "thingArn": arn("iot", "thing/till-7"),
        "thingId": uid("thing", "till-7"),
        "membershipId": f"{uid('thing', 'till-7')}_{uid('group', name)}",
    }
    own: dict[str, dict[str, Any]] = {
        "THING_EVENT": {
            **account,
            **thing,
            "versionNumber": 1,
            "thingTypeName": None,
            "attributes": {"shop": "north"},
        },
        "THING_TYPE_EVENT": {
            **account,
            "thingTypeId": uid("type", name),
            "thingTypeName": name,
            "isDeprecated": False,
            "deprecationDate": None,
            "searchableAttributes": ["shop"],
            "propagatingAttributes": [{"userPropertyKey": "shop", "thingAttribute": "shop"}],
            "description": "a till",
        },
        "THING_TYPE_ASSOCIATION_EVENT": {**thing, "thingTypeName": "till"},
        "THING_GROUP_EVENT": {
            **account,
            **group,
            "versionNumber": 1,
            "parentGroupName": None,
            "parentGroupId": None,
            "description": "all tills",
            "rootToParentThingGroups": [],
            "attributes": {},
            "dynamicGroupMappingId": None,
        },
        "THING_GROUP_MEMBERSHIP_EVENT": {**account, **membership},
        "THING_GROUP_HIERARCHY_EVENT": {
            **account,
            **group,
            "childGroupId": uid("group", "child"),
            "childGroupName": "child",
        },
    }
    if event_type not in own:
        raise ValueError(f"event_type is {event_type!r}: one of {', '.join(own)} is expected")
    first = "CREATED" if event_type in {"THING_EVENT", "THING_TYPE_EVENT", "THING_GROUP_EVENT"} else "ADDED"
    return {
        "eventType": event_type,
        "eventId": uid("iot", event_type, name),
        "timestamp": MILLISECONDS,
        "operation": operation or first,
        **own[event_type],
    }
