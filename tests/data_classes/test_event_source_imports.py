import json
import subprocess
import sys

import pytest

MODULES = [
    "active_mq_event",
    "aws_config_rule_event",
    "cloud_watch_alarm_event",
    "cloud_watch_custom_widget_event",
    "cloud_watch_logs_event",
    "cloudformation_custom_resource_event",
    "code_deploy_lifecycle_hook_event",
    "code_pipeline_job_event",
    "cognito_user_pool_event",
    "connect_contact_flow_event",
    "dynamo_db_stream_event",
    "event_bridge_event",
    "iot_registry_event",
    "kafka_event",
    "kinesis_firehose_event",
    "kinesis_stream_event",
    "rabbit_mq_event",
    "s3_batch_operation_event",
    "s3_event",
    "s3_object_event",
    "secrets_manager_event",
    "ses_event",
    "sns_event",
    "sqs_event",
    "transfer_family_event",
]

HEAVY = {
    "asyncio",
    "base64",
    "boto3",
    "dataclasses",
    "datetime",
    "decimal",
    "importlib.metadata",
    "inspect",
    "ipaddress",
    "lambda_powertools.core.invocation",
    "lambda_powertools.core.plugin",
    "logging",
    "pluggy",
    "pydantic",
    "tempfile",
    "urllib.parse",
    "zipfile",
}

SHARED = {"cloud_watch_logs_event", "event_bridge_event"}
"""What one of the modules may load of another: logs come through Kinesis, and S3's events through EventBridge."""

PROGRAM = """
import json, sys
before = set(sys.modules)
import lambda_powertools.data_classes.{module} as module
[getattr(module, name) for name in getattr(module, "__all__", [])]
print(json.dumps(sorted(set(sys.modules) - before)))
"""


@pytest.fixture(scope="module")
def loaded():
    """The modules that each event source loads, in processes of their own."""
    running = {}
    for module in MODULES:
        command = [sys.executable, "-W", "error", "-c", PROGRAM.format(module=module)]
        running[module] = subprocess.run(command, capture_output=True, text=True, check=True)
    return {module: set(json.loads(result.stdout)) for module, result in running.items()}


@pytest.mark.parametrize("module", MODULES)
def test_event_source_loads_nothing_heavy(loaded, module):
    """T-1: importing an event source with all its classes loads none of the modules that cold starts suffer from."""
    assert loaded[module] & HEAVY == set()


@pytest.mark.parametrize("module", MODULES)
def test_event_source_loads_no_other(loaded, module):
    """T-1: a function pays for the event source that it uses, and for no HTTP event."""
    others = {*MODULES, "alb_event", "api_gateway_proxy_event", "_proxy", "_request_context", "plugin"} - SHARED

    names = {name.removeprefix("lambda_powertools.data_classes.").split(".")[0] for name in loaded[module]}

    assert names & others == {module} - SHARED
