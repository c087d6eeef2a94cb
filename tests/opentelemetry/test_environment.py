"""The standard variables, what is imported when, and what a resource says; in processes that look like Lambda."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

FUNCTION = """
import sys
from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer
from lambda_powertools.testing import make_context

tracer = Tracer()

@tracer.capture_method
def work():
    return 1

@powertools(only=["opentelemetry", "tracer"])
def handler(event, context):
    return work()
"""
NOTES = """
from lambda_powertools.opentelemetry import OpenTelemetryProvider, OpenTelemetryMetricsProvider, inject
OpenTelemetryProvider().put_annotation('a', 1)
OpenTelemetryMetricsProvider().add_metric('a', 'Count', 1)
inject()
"""
INVOKE = "handler({}, make_context(function_name='orders', timeout=10))\n"


@pytest.mark.parametrize(
    "code",
    [
        "import lambda_powertools.opentelemetry",
        "import lambda_powertools.opentelemetry.plugin",
        NOTES,
        FUNCTION,
        f"import os; os.environ['OTEL_SDK_DISABLED'] = 'true'\n{FUNCTION}{INVOKE}",
        f"import os; os.environ['POWERTOOLS_TRACE_DISABLED'] = 'true'\n{FUNCTION}{INVOKE}",
    ],
)
def test_opentelemetry_is_not_imported_before_the_first_span(run_in_lambda, code):
    """Not by the package, its plugin, its providers, a decorated handler, or invocations while it is disabled."""
    printed = run_in_lambda(
        f"{code}\nimport sys\n"
        "print([name for name in ('opentelemetry', 'google.protobuf', 'asyncio') if name in sys.modules])"
    )

    assert printed == "[]\n"


@pytest.mark.parametrize("kind", ["provisioned-concurrency", "snap-start"])
def test_environments_that_are_prepared_ahead_import_it_ahead(run_in_lambda, kind):
    """Where the time until the first request is free."""
    printed = run_in_lambda(
        f"{FUNCTION}\nprint('opentelemetry.sdk' in sys.modules)", AWS_LAMBDA_INITIALIZATION_TYPE=kind
    )

    assert printed == "True\n"


def test_the_x_ray_sdk_is_not_imported_for_spans(run_in_lambda, receiver):
    """Nor anything sent to its daemon."""
    printed = run_in_lambda(f"{FUNCTION}{INVOKE}print('aws_xray_sdk' in sys.modules)")

    assert printed == "False\n"
    assert len(receiver.spans) == 2


def test_the_resource_says_where_spans_come_from(run_in_lambda, receiver):
    """Lambda's own variables, by the conventions."""
    run_in_lambda(FUNCTION + INVOKE)

    resource = receiver.spans[0].resource
    expected = {
        "cloud.platform": "aws_lambda",
        "cloud.provider": "aws",
        "cloud.region": "eu-west-1",
        "faas.max_memory": 128 * 1024 * 1024,
        "faas.name": "orders",
        "faas.version": "$LATEST",
        "service.name": "orders",
        "telemetry.sdk.language": "python",
    }
    assert {key: resource[key] for key in expected} == expected
    assert "[$LATEST]" in resource["faas.instance"]


@pytest.mark.parametrize(
    ("variables", "service"),
    [
        ({"POWERTOOLS_SERVICE_NAME": "shop"}, "shop"),
        ({"POWERTOOLS_SERVICE_NAME": "shop", "OTEL_SERVICE_NAME": "otel"}, "otel"),
        ({"POWERTOOLS_SERVICE_NAME": "shop", "OTEL_RESOURCE_ATTRIBUTES": "service.name=res,stage=prod"}, "res"),
    ],
)
def test_the_service_is_that_of_opentelemetry_else_that_of_powertools(run_in_lambda, receiver, variables, service):
    """Else the function's name; other attributes of the resource are added."""
    run_in_lambda(FUNCTION + INVOKE, **variables)

    resource = receiver.spans[0].resource
    assert resource["service.name"] == service
    assert resource.get("stage") == ("prod" if service == "res" else None)


def test_a_service_of_the_decorator_wins(run_in_lambda, receiver):
    """Explicit parameter, then environment."""
    code = FUNCTION.replace("@powertools(", "@powertools(service='explicit', ")
    run_in_lambda(code + INVOKE, OTEL_SERVICE_NAME="otel")

    assert receiver.spans[0].resource["service.name"] == "explicit"


@pytest.mark.parametrize(
    ("variables", "count"),
    [
        ({"OTEL_TRACES_SAMPLER": "always_off"}, 0),
        ({"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0"}, 0),
        ({"OTEL_TRACES_EXPORTER": "none"}, 0),
        ({"OTEL_TRACES_SAMPLER": "always_on", "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"}, 2),
    ],
)
def test_sampler_exporter_and_compression_are_those_of_the_environment(run_in_lambda, receiver, variables, count):
    """By the SDK's own reading of its variables."""
    run_in_lambda(FUNCTION + INVOKE, **variables)

    assert len(receiver.spans) == count
    if count:
        assert receiver.requests[0][1]["Content-Encoding"] == "gzip"


def test_headers_and_endpoint_of_traces_are_those_of_the_environment(run_in_lambda, receiver):
    """A path of its own, and a key for the collector."""
    run_in_lambda(
        FUNCTION + INVOKE,
        OTEL_EXPORTER_OTLP_ENDPOINT=None,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=f"{receiver.url}/v1/traces",
        OTEL_EXPORTER_OTLP_HEADERS="api-key=k-1",
    )

    ((path, headers),) = receiver.requests
    assert (path, headers["api-key"]) == ("/v1/traces", "k-1")


def test_console_and_otlp_may_be_asked_for_together(run_in_lambda, receiver):
    """`OTEL_TRACES_EXPORTER` is a list."""
    printed = run_in_lambda(FUNCTION + INVOKE, OTEL_TRACES_EXPORTER="console, otlp")

    assert len(receiver.spans) == 2
    assert '"name": "orders"' in printed


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "asks for the exporter 'zipkin', which nothing installed provides"),
        ({"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "the protocol 'grpc'"),
        ({"OTEL_BSP_MAX_QUEUE_SIZE": "many"}, "OTEL_BSP_MAX_QUEUE_SIZE is 'many'"),
    ],
)
def test_what_cannot_be_set_up_is_one_report_and_no_failed_invocation(run_in_lambda, variables, message):
    """To stderr, once, however many invocations there are."""
    printed = run_in_lambda(f"{FUNCTION}{INVOKE}{INVOKE}print('done')", **variables)

    assert printed == "done\n"
    assert run_in_lambda.stderr.count(message) == 1


def test_without_the_extra_the_message_names_it(run_in_lambda):
    """An import of the exporter that fails says what to install."""
    hide = "import sys\nsys.modules['opentelemetry.exporter.otlp.proto.http.trace_exporter'] = None\n"
    run_in_lambda(hide + FUNCTION + INVOKE)

    assert 'pip install "lambda-powertools-opentelemetry[otlp]"' in run_in_lambda.stderr


def test_a_provider_that_the_process_has_set_is_used(run_in_lambda):
    """As by the distribution's own wrapper; its exporters are its business, its flush ours."""
    printed = run_in_lambda(
        """
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
exporter = InMemorySpanExporter()
trace.set_tracer_provider(TracerProvider())
trace.get_tracer_provider().add_span_processor(BatchSpanProcessor(exporter))
"""
        + FUNCTION
        + INVOKE
        + "print([span.name for span in exporter.get_finished_spans()])"
    )

    assert printed == "['__main__.work', 'orders']\n".replace("__main__", "## __main__")


def test_spans_of_the_api_and_of_instrumentations_are_below_the_invocation(run_in_lambda, receiver, tmp_path):
    """The provider is the process's own; `patch_all` starts the instrumentations that are installed."""
    metadata = tmp_path / "fake_instrumentation-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-instrumentation\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[opentelemetry_instrumentor]\nfake = fake_instrumentation:Fake\nbroken = fake_instrumentation:Missing\n"
    )
    (tmp_path / "fake_instrumentation.py").write_text(
        "class Fake:\n"
        "    def instrument(self, tracer_provider):\n"
        "        import __main__\n"
        "        __main__.library = tracer_provider.get_tracer('library')\n"
    )
    code = FUNCTION.replace(
        "    return work()",
        "    from opentelemetry import trace\n"
        "    with trace.get_tracer('mine').start_as_current_span('by hand'), library.start_as_current_span('call'):\n"
        "        return work()",
    )
    run_in_lambda(code + INVOKE, PYTHONPATH=str(tmp_path))

    outer = receiver.named("orders")
    (by_hand,) = receiver.children(outer)
    (call,) = receiver.children(by_hand)
    (work,) = receiver.children(call)
    assert (by_hand.name, call.name, work.name) == ("by hand", "call", "## __main__.work")
    assert call.scope == "library"


def test_package_works_without_the_other_packages():
    """Nothing of it imports tracer, metrics or testing."""
    code = (
        "import sys, json\n"
        "for name in ('tracer', 'metrics', 'testing', 'logger'):\n"
        "    sys.modules[f'lambda_powertools.{name}'] = None\n"
        "from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter\n"
        "from lambda_powertools.core import powertools\n"
        "from lambda_powertools.opentelemetry import OpenTelemetryProvider, OpenTelemetryMetricsProvider\n"
        "exporter = InMemorySpanExporter()\n"
        "@powertools(only=['opentelemetry'], opentelemetry=OpenTelemetryProvider(span_exporter=exporter))\n"
        "def handler(event, context): return 1\n"
        "handler({}, None)\n"
        "print(json.dumps([span.name for span in exporter.get_finished_spans()]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["handler"]
