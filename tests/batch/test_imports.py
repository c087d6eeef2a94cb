from __future__ import annotations

import json
import subprocess
import sys

import pytest


def modules_after(code):
    """Return the modules that a fresh process has loaded after running code."""
    result = subprocess.run(
        [sys.executable, "-c", f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(result.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import lambda_powertools.batch.plugin",
        "from lambda_powertools.batch import *",
        "from lambda_powertools.batch import *; BatchProcessor(EventType.SQS); AsyncBatchProcessor(EventType.Kafka)",
    ],
)
def test_importing_and_constructing_loads_neither_pydantic_nor_data_classes(code):
    """Cold start: a processor costs no model library, no event loop, and no data class before its first batch."""
    loaded = modules_after(code)

    assert not {"pydantic", "asyncio", "inspect", "dataclasses", "logging"} & loaded
    assert not [name for name in loaded if name.startswith("lambda_powertools.data_classes")]


def test_a_batch_loads_the_data_class_of_its_source_alone():
    """Processing an SQS batch loads no data classes of other services."""
    loaded = modules_after(
        "from lambda_powertools.batch import *; processor = BatchProcessor(EventType.SQS)\n"
        "process_partial_response({'Records': [{'messageId': '1'}]}, lambda record: None, processor)"
    )

    assert "lambda_powertools.data_classes.sqs_event" in loaded
    assert not {"lambda_powertools.data_classes.kafka_event", "pydantic", "asyncio"} & loaded


def test_the_type_aliases_exist_at_run_time():
    """The aliases of models and responses can be imported without pydantic."""
    loaded = modules_after(
        "from lambda_powertools.batch import BatchTypeModels, SuccessResponse, FailureResponse, ExceptionInfo\n"
        "from lambda_powertools.batch.types import BatchSqsTypeModel, BatchTypeModels, KafkaItemIdentifier\n"
        "from lambda_powertools.batch.types import PartialItemFailureResponse, PartialItemFailures\n"
        "from lambda_powertools.batch.exceptions import BaseBatchProcessingError, ExceptionInfo"
    )

    assert "pydantic" not in loaded
