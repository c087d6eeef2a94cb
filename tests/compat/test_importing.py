"""Old paths take part in everything that Python does with modules."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import sys

import pytest


def test_the_package_loads_nothing_until_it_is_asked(python):
    """Importing the package imports none of ours; a name imports the one that has it, and no other."""
    code = """
import json, sys
before = set(sys.modules)
import aws_lambda_powertools
first = sorted(set(sys.modules) - before)
from aws_lambda_powertools import Logger
print(json.dumps([first, sorted(name for name in sys.modules if name.startswith("lambda_powertools."))]))
"""
    first, then = json.loads(python(code))

    own = [name for name in first if name.split(".")[0] not in sys.stdlib_module_names]
    assert {name.split(".")[0] for name in own} == {"aws_lambda_powertools"}
    assert not {"importlib.metadata", "pathlib", "inspect", "asyncio"} & set(first)
    assert "lambda_powertools.logger" in then
    assert {name.split(".")[1] for name in then} == {"core", "logger"}


@pytest.mark.parametrize(
    "code",
    [
        "import aws_lambda_powertools.utilities.data_classes.sqs_event as m; m.SQSEvent",
        "from aws_lambda_powertools.utilities import parameters; parameters.get_parameter",
        "from aws_lambda_powertools.utilities.validation import validator; validator.__call__",
        "from aws_lambda_powertools.utilities.validation import *; validate.__call__",
        "from aws_lambda_powertools import *; Logger, Metrics, Tracer, single_metric",
        "from aws_lambda_powertools.metrics.base import *; MetricManager, MetricUnit, single_metric",
        "from aws_lambda_powertools.shared.functions import *; strtobool, sanitize_xray_segment_name",
        "from aws_lambda_powertools.logging.formatters.datadog import DatadogLogFormatter",
        "import aws_lambda_powertools.shared as s; s.constants.SERVICE_NAME_ENV, s.cookies.Cookie",
        "import importlib; importlib.import_module('aws_lambda_powertools.tracing.tracer').Tracer",
        "import importlib; importlib.import_module('..tracer', 'aws_lambda_powertools.tracing.base')",
        "import importlib.util; importlib.util.find_spec('aws_lambda_powertools.utilities.parser.models').name",
        "import inspect, aws_lambda_powertools.logging.logger as m; inspect.getsource(m); inspect.getmembers(m)",
        "import aws_lambda_powertools as m; dir(m), m.__path__, m.__version__, repr(m), m.__doc__",
        "import aws_lambda_powertools.event_handler.api_gateway as m; m.__file__, m.__doc__.strip(), vars(m)",
        "from unittest.mock import create_autospec as a; import aws_lambda_powertools.tracing.base as m; a(m)",
    ],
)
def test_a_way_to_import(python, code):
    """Each way to import, in a process of its own in which every warning is an error."""
    python(code)


@pytest.mark.parametrize(
    "name",
    ["aws_lambda_powertools", "aws_lambda_powertools.utilities.batch", "aws_lambda_powertools.utilities.batch.base"],
)
def test_a_module_can_be_loaded_again(python, name):
    """`reload` returns the module, whose names work, and the import system is as it was."""
    code = f"""
import importlib, sys
old = importlib.import_module({name!r})
finders = len(sys.meta_path)
assert importlib.reload(old) is old is sys.modules[{name!r}]
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
import lambda_powertools.batch as new
assert BatchProcessor is new.BatchProcessor
BatchProcessor(EventType.SQS)
print(finders == len(sys.meta_path))
"""

    assert python(code) == "True\n"


def test_a_second_name_can_be_loaded_again(python):
    """Reloading what is only another name loads the module of ours, as its own name would."""
    code = """
import importlib, sys
import aws_lambda_powertools.logging.filters as old
import lambda_powertools.logger.filters as new
new.marked = True
assert importlib.reload(old) is new
print(new.__spec__.name, new.marked)
"""

    assert python(code) == "lambda_powertools.logger.filters True\n"


def test_classes_can_be_pickled():
    """Classes, their objects and errors survive pickling; so does what was pickled by a path of the original."""
    from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
    from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord

    record = pickle.loads(pickle.dumps(DataRecord("key", status="COMPLETED", response_data="1")))  # noqa: S301  # ours
    error = copy.copy(BatchProcessingError("all of them", []))
    by_old_path = b"caws_lambda_powertools.utilities.idempotency.persistence.datarecord\nDataRecord\n."

    assert (type(record), record.status) == (DataRecord, "COMPLETED")
    assert isinstance(error, BatchProcessingError)
    assert pickle.loads(by_old_path) is DataRecord  # noqa: S301  # the same


def test_threads_that_import_at_once_get_one_module(python):
    """Of many threads that import an old path, and the new one, for the first time, each gets the whole module."""
    code = """
import importlib, sys, threading
sys.setswitchinterval(1e-6)
names = [
    "aws_lambda_powertools.utilities.data_classes.sqs_event", "lambda_powertools.data_classes.sqs_event",
    "aws_lambda_powertools.utilities.typing", "aws_lambda_powertools.utilities.typing.lambda_context",
    "aws_lambda_powertools.utilities.typing.lambda_cognito_identity", "lambda_powertools.core.typing",
    "aws_lambda_powertools.utilities.validation.validator", "aws_lambda_powertools.utilities.batch",
]
barrier, found, failures = threading.Barrier(4 * len(names)), {}, []
def load(name):
    barrier.wait()
    try:
        module = importlib.import_module(name)
        found.setdefault(name, set()).add(module)
        for attribute in ("SQSEvent", "LambdaContext", "validator", "BatchProcessor"):
            getattr(module, attribute, None)
    except BaseException as failure:
        failures.append((name, repr(failure)))
threads = [threading.Thread(target=load, args=(name,)) for name in names * 4]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert not failures, failures
assert all(len(modules) == 1 for modules in found.values()), found
assert found[names[0]] == found[names[1]]
assert {sys.modules[names[5]].__spec__.name} == {"lambda_powertools.core.typing"}
print("one")
"""

    assert python(code) == "one\n"


def test_nobody_else_s_imports_are_touched():
    """The finders answer for the old paths only."""
    ours = [finder for finder in sys.meta_path if type(finder).__module__ == "aws_lambda_powertools._imports"]

    assert [type(finder).__name__ for finder in ours] == ["Finder", "LastResort"]
    assert [finder.find_spec("aws_lambda_powertoolsmith") for finder in ours] == [None, None]
    assert [finder.find_spec("json", None, None) for finder in ours] == [None, None]


def test_what_is_unknown_is_an_ordinary_error():
    """A path and a name that neither library has fail as they do anywhere."""
    with pytest.raises(ModuleNotFoundError, match="No module named 'aws_lambda_powertools.utilities.batches'"):
        importlib.import_module("aws_lambda_powertools.utilities.batches")
    with pytest.raises(ModuleNotFoundError, match="No module named 'aws_lambda_powertools.utilities.batch.fifo'"):
        importlib.import_module("aws_lambda_powertools.utilities.batch.fifo")
    with pytest.raises(ImportError, match="cannot import name 'Loger' from 'aws_lambda_powertools'"):
        from aws_lambda_powertools import Loger  # noqa: F401  # the error is what is tested
    with pytest.raises(AttributeError, match="module 'aws_lambda_powertools.utilities.batch' has no attribute 'Foo'"):
        importlib.import_module("aws_lambda_powertools.utilities.batch").Foo  # noqa: B018  # the same
