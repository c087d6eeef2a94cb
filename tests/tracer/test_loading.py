"""When the X-Ray SDK is imported, what comes with it, and that it is the SDK still."""

from __future__ import annotations

import pytest

HEAVY = ["aws_xray_sdk", "botocore", "boto3", "asyncio", "importlib.metadata", "inspect", "dataclasses", "logging"]
LOADED = f"""
import json, sys
def loaded(): return [name for name in {HEAVY!r} if name in sys.modules]
"""


def test_importing_the_package_is_cheap(run_in_lambda):
    """T-13: importing the package, its plugin and making a tracer imports no SDK, and nothing heavy at all."""
    script = f"""{LOADED}
import lambda_powertools.tracer, lambda_powertools.tracer.plugin
lambda_powertools.tracer.Tracer()
print(json.dumps(loaded()))
"""

    assert run_in_lambda(script).printed == []


def test_enabled_the_sdk_is_imported_with_the_first_segment(run_in_lambda):
    """The cost of the SDK is not paid before there is something to record, and then without what it does not need."""
    script = f"""{LOADED}
from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def work(): return 1
@powertools(only=["tracer"])
def handler(event, context): return work()
before = loaded()
handler(None, None)
after = loaded()
import wrapt, asyncio, importlib.metadata
print(json.dumps([before, after]))
"""

    trace = run_in_lambda(script)

    before, after = trace.printed
    assert "aws_xray_sdk" not in before
    assert "aws_xray_sdk" in after
    assert not {"botocore", "asyncio", "importlib.metadata"} & set(after)
    assert trace.tree() == [("## handler", [("## __main__.work", [])])]


@pytest.mark.parametrize(
    "environ",
    [{"LAMBDA_TASK_ROOT": None}, {"POWERTOOLS_TRACE_DISABLED": "1"}],
    ids=["outside Lambda", "switched off"],
)
def test_disabled_the_sdk_is_never_imported(run_in_lambda, environ):
    """TRC-10 [beat]: a disabled tracer runs everything without the SDK."""
    script = f"""{LOADED}
from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def numbers():
    yield 1
@tracer.capture_lambda_handler
def decorated(event, context):
    tracer.put_annotation("a", 1)
    tracer.put_metadata("b", 2)
    return list(numbers())
@powertools(only=["tracer"])
def handler(event, context): return decorated(event, context)
assert handler(None, None) == [1]
print(json.dumps(loaded()))
"""

    trace = run_in_lambda(script, **environ)

    assert "aws_xray_sdk" not in trace.printed
    assert trace.documents == []


def test_a_custom_provider_needs_no_sdk(run_in_lambda):
    """TRC-49 [beat]: with a provider of the user's own the SDK is not imported, enabled or disabled."""
    script = f"""{LOADED}
from contextlib import nullcontext
from lambda_powertools.tracer import Tracer
class Provider:
    def in_subsegment(self, name): return nullcontext(None)
for disabled in (True, False):
    tracer = Tracer(disabled=disabled, auto_patch=False, provider=Provider())
    assert tracer.capture_lambda_handler(lambda event, context: 1)(None, None) == 1
print(json.dumps(loaded()))
"""

    assert "aws_xray_sdk" not in run_in_lambda(script).printed


def test_an_environment_initialised_ahead_imports_the_sdk_ahead(run_in_lambda):
    """With provisioned concurrency no request waits for the initialisation, so that is when the SDK is imported."""
    script = f"""{LOADED}
from lambda_powertools.tracer import Tracer
Tracer()
print(json.dumps(loaded()))
"""

    assert "aws_xray_sdk" in run_in_lambda(script, AWS_LAMBDA_INITIALIZATION_TYPE="provisioned-concurrency").printed


def test_the_provider_is_the_recorder(run_in_lambda):
    """TRC-9, TRC-10, TRC-16, TRC-17: used, the provider is the SDK's own recorder, off while the tracer is disabled."""
    script = """
import json
from lambda_powertools.tracer import Tracer
tracer = Tracer()
provider = tracer.provider
import aws_xray_sdk.core
from aws_xray_sdk import global_sdk_config
assert provider is aws_xray_sdk.core.xray_recorder
assert provider.__module__.startswith("aws_xray_sdk")
assert (provider.patch, provider.patch_all) == (aws_xray_sdk.core.patch, aws_xray_sdk.core.patch_all)
before = [tracer.disabled, global_sdk_config.sdk_enabled()]
with provider.in_subsegment("## free") as subsegment:
    subsegment.put_annotation("a", 1)
    kind = type(subsegment).__name__
provider.current_subsegment(), provider.current_segment(), provider.begin_subsegment("x")
enabled = Tracer(disabled=False)
print(json.dumps([*before, kind, enabled.disabled, global_sdk_config.sdk_enabled(), provider.streaming_threshold]))
"""

    trace = run_in_lambda(script, POWERTOOLS_TRACE_DISABLED="true")

    assert trace.printed == [True, False, "DummySubsegment", False, True, 0]


def test_disabled_switches_off_an_sdk_that_others_import(run_in_lambda):
    """TRC-7, T-7 [beat]: the SDK is off for the whole process, imported before or after, until the tracer is reset."""
    script = """
import json
from lambda_powertools.tracer import Tracer
states = []
Tracer(disabled=True)
from aws_xray_sdk import global_sdk_config
states.append(global_sdk_config.sdk_enabled())
Tracer._reset_config()
states.append(global_sdk_config.sdk_enabled())
disabled = Tracer(disabled=True)
states.append(global_sdk_config.sdk_enabled())
enabled = Tracer(disabled=False)
states.append(global_sdk_config.sdk_enabled())
import aws_xray_sdk.core
assert disabled.capture_method(lambda: 1)() == 1
assert enabled.capture_method(lambda: 2)() == 2
print(json.dumps(states))
"""

    trace = run_in_lambda(script)

    assert trace.printed == [False, True, False, True]
    assert [document["metadata"] for document in trace.documents] == [{"": {"__main__.lambda response": 2}}]


def test_an_sdk_that_was_switched_off_by_others_stays_off(run_in_lambda):
    """TRC-7: only what a tracer has switched off is switched on again by one."""
    script = """
import json
from aws_xray_sdk import global_sdk_config
from lambda_powertools.tracer import Tracer
global_sdk_config.set_sdk_enabled(False)
assert Tracer(disabled=False).capture_method(lambda: 1)() == 1
print(json.dumps(global_sdk_config.sdk_enabled()))
"""

    trace = run_in_lambda(script)

    assert trace.printed is False
    assert trace.documents == []


def test_a_reset_leaves_the_process_as_it_was(run_in_lambda):
    """T-7 [beat]: the recorder's strategies, the import system and thread pools are those of before."""
    script = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from aws_xray_sdk.core import xray_recorder
from lambda_powertools.tracer import Tracer
def state():
    return [xray_recorder.context, xray_recorder.streaming, xray_recorder.streaming_threshold,
            ThreadPoolExecutor.submit, *sys.meta_path]
before = state()
Tracer(disabled=False).capture_method(lambda: 1)()
during = state()
Tracer._reset_config()
print(json.dumps([before != during, before == state()]))
"""

    assert run_in_lambda(script).printed == [True, True]


def test_strategies_of_the_users_own_stay(run_in_lambda):
    """A context that the user has configured on the recorder is not replaced."""
    script = """
import json
from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core.lambda_launcher import LambdaContext
class Mine(LambdaContext): pass
xray_recorder.configure(context=Mine())
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def numbers():
    yield 1
    return 2
tracer.capture_method(lambda: list(numbers()))()
print(json.dumps(type(xray_recorder.context).__name__))
"""

    trace = run_in_lambda(script)

    assert trace.printed == "Mine"
    assert trace.tree() == [("## __main__.lambda", [("## __main__.numbers", [])])]


def test_what_was_left_out_is_there_when_it_is_used(run_in_lambda):
    """What the SDK was imported without is imported when something of it is wanted, and is the real thing."""
    script = f"""{LOADED}
from lambda_powertools.tracer import Tracer
tracer = Tracer(disabled=False, auto_patch=False)
recorder = tracer.provider
first = loaded()

@recorder.capture("captured")
def work(): return 1
@recorder.capture_async("captured asynchronously")
async def work_async(): return 2
with recorder.in_segment("program", sampling=1):
    results = [work()]
    import asyncio
    results.append(asyncio.run(work_async()))
middle = [name for name in loaded() if name == "botocore"]

import importlib.metadata, inspect, wrapt
from aws_xray_sdk.core.sampling import connector
assert type(recorder.sampler._connector._xray_client).__name__ == "XRay"
recorder.sampler._connector.context = recorder.context
assert wrapt.importer.importlib.metadata is importlib.metadata
assert isinstance(connector.ServiceConnector(), connector.ServiceConnector)
assert all(type(sys.modules[name]).__name__ == "module" for name in {HEAVY!r} + ["wrapt"] if name in sys.modules)
print(json.dumps([first, results, middle]))
"""

    trace = run_in_lambda(script, LAMBDA_TASK_ROOT=None, _X_AMZN_TRACE_ID=None)

    first, results, middle = trace.printed
    assert not {"botocore", "asyncio", "importlib.metadata"} & set(first)
    assert results == [1, 2]
    assert middle == []
    names = {document["name"] for document in trace.documents}
    assert names == {"program", "captured", "captured asynchronously"}


def test_a_missing_sdk_is_named(run_in_lambda):
    """TRC-52: where the SDK is needed and not there, the error says what to install; disabled it is not needed."""
    script = """
import json, sys
class Hiding:
    def __init__(self, finder): self.finder = finder
    def find_spec(self, name, *rest):
        return None if name.startswith("aws_xray_sdk") else self.finder.find_spec(name, *rest)
    def __getattr__(self, name): return getattr(self.finder, name)
sys.meta_path[:] = [Hiding(finder) for finder in sys.meta_path]
from lambda_powertools.tracer import Tracer
disabled = Tracer(disabled=True)
assert disabled.capture_method(lambda: 1)() == 1
messages = []
for need in (lambda: Tracer(disabled=False), lambda: disabled.provider, lambda: disabled.ignore_endpoint("x")):
    try: need()
    except ImportError as error: messages.append(str(error))
print(json.dumps(messages))
"""

    assert run_in_lambda(script).printed == ["tracing needs the AWS X-Ray SDK: pip install aws-xray-sdk"] * 3


def test_aiohttp_is_named_when_it_is_missing(run_in_lambda):
    """TRC-43 [beat]: without aiohttp the error says what to install."""
    script = """
import json, sys
sys.modules["aiohttp"] = None
from lambda_powertools.tracer import aiohttp_trace_config
try: aiohttp_trace_config()
except ImportError as error: print(json.dumps(str(error)))
"""

    assert run_in_lambda(script).printed == "aiohttp_trace_config() needs aiohttp: pip install aiohttp"


def test_aiohttp_trace_config_is_the_sdks(run_in_lambda):
    """TRC-43: with aiohttp there, what comes back is what the SDK makes for it."""
    script = """
import json, sys, types
aiohttp = types.ModuleType("aiohttp")
class TraceConfig:
    def __init__(self, trace_config_ctx_factory):
        self.on_request_start, self.on_request_end, self.on_request_exception = [], [], []
aiohttp.TraceConfig = TraceConfig
aiohttp.client_exceptions = types.SimpleNamespace(ClientConnectionError=OSError)
sys.modules["aiohttp"] = aiohttp
from lambda_powertools.tracer import aiohttp_trace_config
config = aiohttp_trace_config()
print(json.dumps([type(config).__name__, config.on_request_start[0].__module__]))
"""

    assert run_in_lambda(script).printed == ["TraceConfig", "aws_xray_sdk.ext.aiohttp.client"]


def test_ignored_endpoints_reach_the_sdk(run_in_lambda):
    """TRC-42: hostname and urls go to the SDK's list, also while the tracer is disabled."""
    script = """
import json, sys
from lambda_powertools.tracer import Tracer
Tracer(disabled=True).ignore_endpoint(hostname="*.example.com", urls=["/health"])
module = sys.modules["aws_xray_sdk.ext.httplib.patch"]
found = [list(entry) for entry in module._XRAY_IGNORE if entry.hostname]
print(json.dumps(found))
"""

    assert run_in_lambda(script).printed == [[None, "*.example.com", ["/health"]]]
