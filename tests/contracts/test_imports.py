"""What importing a package may cost, and whom it may know."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    *("boto3", "botocore", "pydantic", "asyncio", "importlib.metadata", "aws_xray_sdk", "jmespath", "opentelemetry"),
    *("jwt", "cryptography", "urllib3"),
)
"""Modules that only a caller who needs them pays for."""

NO_MODULE = {"lambda-powertools"}
FOREIGN_NAMESPACE = {"compat": "aws_lambda_powertools"}

PACKAGES = Path(__file__).parent.parent.parent / "packages"
DEVELOPMENT = {"cli", "testing"}
RUNTIME = sorted({folder.name for folder in PACKAGES.iterdir()} - DEVELOPMENT - NO_MODULE)
"""Packages that run in a Lambda function, all of them on the cold-start path."""


def python(code: str, *options: str) -> str:
    """Run code in a fresh process and return what it printed."""
    result = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


IMPORT_EACH = """
import os, sys, traceback
failed = []
for module in sys.argv[1:]:
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        try:
            __import__(module)
            status = 0
        except BaseException:
            traceback.print_exc()
            status = 1
        sys.stderr.flush()
        os._exit(status)
    if os.waitpid(child, 0)[1]:
        failed.append(module)
print(failed)
"""


def test_modules_import_alone_without_a_warning(package):
    """Each module imports in a process that has imported nothing yet, and in which every warning is an error."""
    command = [sys.executable, "-W", "error", "-c", IMPORT_EACH, *package.modules()]

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (result.stdout, result.stderr) == ("[]\n", "")


@pytest.mark.parametrize("name", RUNTIME)
def test_import_loads_nothing_heavy(name):
    """Importing a runtime package, and its plugin, loads no module of the heavy list."""
    module = FOREIGN_NAMESPACE.get(name, f"lambda_powertools.{name.replace('-', '_')}")
    has_plugin = (PACKAGES / name / "src" / module.replace(".", "/") / "plugin.py").is_file()
    plugin = f", {module}.plugin" if has_plugin else ""
    code = (
        f"import json, sys; before = set(sys.modules); import {module}{plugin}; "
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )

    loaded = json.loads(python(code))

    assert [name for name in HEAVY if name in loaded] == []


def test_all_names_what_the_module_exports(package):
    """`__all__` is sorted and every name in it can be imported, also those that are loaded lazily."""
    if package.name in NO_MODULE:
        return
    code = (
        f"import json, {package.import_name} as m; "
        "print(json.dumps([m.__all__, [n for n in m.__all__ if not hasattr(m, n)]]))"
    )

    exported, missing = json.loads(python(code))

    assert exported == sorted(exported)
    assert missing == []


OBSERVABILITY = """
from lambda_powertools.core import powertools
from lambda_powertools.core.typing import LambdaContext
from aws_lambda_powertools import Logger, Metrics, Tracer
logger, metrics, tracer = Logger(service="orders"), Metrics(namespace="Shop"), Tracer(disabled=True)
@tracer.capture_method
def place(order):
    logger.info("placed", order=order)
    metrics.add_metric("Placed", "Count", 1)
@powertools(only=["logger", "metrics", "tracer"])
def handler(event: dict, context: LambdaContext):
    place(event["order"])
handler({"order": 7}, None)
"""
ROUTES = """
from lambda_powertools.event_handler import APIGatewayRestResolver, Response
app = APIGatewayRestResolver()
@app.get("/orders/<number>")
def order(number: str) -> Response:
    return Response(200, body=number)
print(app.resolve({"path": "/orders/7", "httpMethod": "GET"}, None)["body"])
"""
FIELDS = """
from lambda_powertools.event_handler import AppSyncResolver
app = AppSyncResolver()
@app.resolver(type_name="Query", field_name="order")
def order(number):
    return number
event = {"info": {"parentTypeName": "Query", "fieldName": "order"}, "arguments": {"number": 7}}
print(app.resolve(event, None))
"""
RECORDS = """
from lambda_powertools.batch import BatchProcessor, EventType, process_partial_response
from lambda_powertools.data_classes import SQSEvent
event = {"Records": [{"messageId": "7", "body": "7", "eventSource": "aws:sqs"}]}
print([record.body for record in SQSEvent(event).records])
processor = BatchProcessor(EventType.SQS)
process_partial_response(event, lambda record: record.body, processor)
"""


@pytest.mark.parametrize(
    "function", [OBSERVABILITY, ROUTES, FIELDS, RECORDS], ids=["observability", "routes", "fields", "records"]
)
def test_what_most_functions_do_needs_no_typing(function):
    """A function goes through its first invocation without `typing` being imported.

    The client of the Lambda runtime does not import it either, so it would be these packages that the cold start of the
    function pays for.
    """
    code = f"""
import sys
assert "typing" not in sys.modules, "the interpreter has imported it by itself: nothing can be seen here"
{function}
print("typing" in sys.modules)
"""

    printed = python(code, "-W", "ignore").splitlines()

    assert "7" in printed[0]
    assert printed[-1] == "False"
