"""Deployments: CodePipeline jobs, CloudFormation's own resources, config rules, a custom widget."""

import json

from aws_lambda_powertools.utilities.data_classes import (
    CloudFormationCustomResourceEvent,
    CloudWatchAlarmEvent,
    CodePipelineJobEvent,
)

EVENTS = [
    {
        "CodePipeline.job": {
            "id": "job-1",
            "accountId": "123456789012",
            "data": {
                "actionConfiguration": {
                    "configuration": {"FunctionName": "f", "UserParameters": json.dumps({"KEY": "VALUE"})}
                },
                "inputArtifacts": [
                    {
                        "name": "in",
                        "revision": None,
                        "location": {"type": "S3", "s3Location": {"bucketName": "b", "objectKey": "k"}},
                    }
                ],
                "outputArtifacts": [],
                "artifactCredentials": {"accessKeyId": "A", "secretAccessKey": "S", "sessionToken": "T"},
                "continuationToken": "c",
            },
        }
    },
    {
        "RequestType": "Update",
        "ServiceToken": "arn",
        "ResponseURL": "https://example.com/r",
        "StackId": "stack",
        "RequestId": "r",
        "LogicalResourceId": "L",
        "PhysicalResourceId": "P",
        "ResourceType": "Custom::Thing",
        "ResourceProperties": {"a": "b"},
        "OldResourceProperties": {"a": "a"},
    },
    {
        "source": "aws.cloudwatch",
        "alarmArn": "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:hot",
        "accountId": "123456789012",
        "time": "2025-06-15T15:06:40.000+0000",
        "region": "eu-west-1",
        "alarmData": {
            "alarmName": "hot",
            "state": {
                "value": "ALARM",
                "reason": "too hot",
                "reasonData": '{"t": 90}',
                "timestamp": "2025-06-15T15:06:40.000+0000",
            },
            "previousState": {"value": "OK", "reason": "fine", "timestamp": "2025-06-15T15:00:40.000+0000"},
            "configuration": {"description": "heat", "metrics": []},
        },
    },
]


def handler(event, context):
    if "CodePipeline.job" in event:
        job = CodePipelineJobEvent(event)
        return [job.get_id, job.decoded_user_parameters, job.input_bucket_name, job.input_object_key]
    if "RequestType" in event:
        resource = CloudFormationCustomResourceEvent(event)
        return [resource.request_type, resource.resource_properties, resource.old_resource_properties]
    alarm = CloudWatchAlarmEvent(event)
    state = alarm.alarm_data.state
    return [alarm.alarm_data.alarm_name, state.value, state.reason_data_decoded, alarm.alarm_data.previous_state.value]
