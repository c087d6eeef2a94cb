import asyncio
import inspect
import logging
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from lambda_powertools.core import SettingsError
from lambda_powertools.core.invocation import invocation_scope
from lambda_powertools.logger import Logger, _scope, correlation_paths
from lambda_powertools.logger.exceptions import OrphanedChildLoggerError
from lambda_powertools.logger.lambda_context import build_lambda_context_model

CONTEXT_KEYS = {"cold_start", "function_name", "function_memory_size", "function_arn", "function_request_id"}


def test_context_keys_are_injected(logger, output, context):
    """LOG-60: every record of the handler has the keys of its Lambda context."""

    @logger.inject_lambda_context
    def handler(event, context):
        logger.info("x")
        return "result"

    assert handler({}, context) == "result"
    record = output.last
    assert record["cold_start"] is True
    assert (record["function_name"], record["function_memory_size"]) == ("orders", 128)
    assert record["function_arn"].startswith("arn:aws:lambda:")
    assert record["function_request_id"] == "request-1"


def test_arguments_and_metadata_of_the_handler_are_kept(logger, context):
    """LOG-60: all arguments reach the handler unchanged, event and context by name as well."""

    @logger.inject_lambda_context()
    def handler(evt, ctx, extra=None, *more, option=None):
        """Documented."""
        return evt, ctx, extra, more, option

    assert handler("e", context, 1, 2, option=3) == ("e", context, 1, (2,), 3)
    assert handler(evt="e", ctx=context) == ("e", context, None, (), None)
    assert (handler.__name__, handler.__doc__) == ("handler", "Documented.")


class Function:
    logger = Logger(service="method-of-a-class")

    @logger.inject_lambda_context
    def handler(self, event, context):
        return self, event, self.logger.get_current_keys()["function_request_id"]


def test_methods_can_be_decorated(context):
    """A handler that is a method gets its context injected."""
    function = Function()
    assert function.handler({"a": 1}, context) == (function, {"a": 1}, "request-1")


def test_durable_context_is_unwrapped_for_reading(logger, output, context):
    """LOG-60: keys come from the context inside, and the handler gets the wrapper."""
    durable = SimpleNamespace(state="running", lambda_context=context)

    @logger.inject_lambda_context
    def handler(event, context):
        logger.info("x")
        return context

    assert handler({}, durable) is durable
    assert output.last["function_request_id"] == "request-1"


@pytest.mark.parametrize(
    ("context", "missing"),
    [
        (None, "function_name, memory_limit_in_mb, invoked_function_arn, aws_request_id"),
        (SimpleNamespace(function_name="f", aws_request_id="r"), "memory_limit_in_mb, invoked_function_arn"),
    ],
    ids=["none", "partial"],
)
def test_context_without_lambda_attributes_is_an_error(logger, context, missing):
    """LOG-60: the AttributeError names what the context lacks, and the handler does not run."""

    @logger.inject_lambda_context
    def handler(event, context):
        raise AssertionError("unreachable")

    with pytest.raises(AttributeError, match=f"handler is {type(context).__name__}, without {missing}"):
        handler({}, context)


def test_context_model_has_the_names_of_the_keys(context):
    """The model of a context has the attributes under the names they are logged by."""
    model = build_lambda_context_model(context)
    assert (model.function_name, model.function_memory_size) == ("orders", 128)
    assert model.function_request_id == "request-1"


def test_exception_of_the_handler_leaves_unchanged(logger, output, context):
    """LOG-60: the very exception comes out, and nothing is logged of it unless asked."""
    error = ValueError("x")

    @logger.inject_lambda_context
    def handler(event, context):
        raise error

    with pytest.raises(ValueError) as caught:
        handler({}, context)
    assert caught.value is error
    assert output.lines == []


def test_exception_can_be_logged(logger, output, context):
    """log_exceptions=True gives one line at level ERROR where the exception was raised, whatever is nested."""

    @logger.inject_lambda_context(log_exceptions=True)
    @logger.inject_lambda_context(log_exceptions=True)
    def handler(event, context):
        raise ValueError("x")

    with pytest.raises(ValueError):
        handler({}, context)
    (record,) = output.records
    assert (record["level"], record["exception_name"], record["function_request_id"]) == (
        "ERROR",
        "ValueError",
        "request-1",
    )
    assert record["location"].startswith("handler:")


@pytest.mark.parametrize(
    ("parameter", "environment", "logged"),
    [(None, None, 0), (None, "true", 1), (True, None, 1), (False, "true", 0), (True, "false", 1)],
)
def test_event_is_logged_when_asked(logger, output, context, monkeypatch, parameter, environment, logged):
    """LOG-65: parameter, then environment as it was when decorating; as the message, at INFO, before the handler."""
    if environment:
        monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", environment)

    @logger.inject_lambda_context(log_event=parameter, correlation_id_path="id")
    def handler(event, context):
        logger.info("handler")

    monkeypatch.delenv("POWERTOOLS_LOGGER_LOG_EVENT", raising=False)
    handler({"id": 7}, context)
    assert output.messages == [{"id": 7}] * logged + ["handler"]
    if logged:
        record = output.records[0]
        assert (record["level"], record["correlation_id"], record["function_name"]) == ("INFO", 7, "orders")


def test_location_of_the_event_is_the_handler(logger, output, context):
    """LOG-65, T-11: no frame of the package is the location."""

    @logger.inject_lambda_context(log_event=True)
    def handler(event, context):
        pass

    handler({}, context)
    assert output.last["location"] == f"handler:{handler.__wrapped__.__code__.co_firstlineno}"


@dataclass
class Order:
    id: int


class Model:
    def model_dump(self):
        return {"dumped": 1}


class SourceDataClass:
    def __repr__(self):
        return "SourceDataClass()"

    raw_event = {"raw": 1}  # noqa: RUF012  # read only


@pytest.mark.parametrize(
    ("event", "expected"),
    [(Order(7), {"id": 7}), (Model(), {"dumped": 1}), (SourceDataClass(), {"raw": 1}), ("text", "text"), ([1], [1])],
    ids=lambda value: type(value).__name__,
)
def test_models_are_logged_as_their_data(logger, output, context, event, expected):
    """LOG-65: dataclasses, pydantic models and event source data classes show what is inside."""

    @logger.inject_lambda_context(log_event=True)
    def handler(event, context):
        pass

    handler(event, context)
    assert output.last["message"] == expected


def test_event_obeys_the_level(make, output, context):
    """LOG-65: the event is a statement of level INFO."""
    logger = make(level="ERROR")

    @logger.inject_lambda_context(log_event=True)
    def handler(event, context):
        pass

    handler({"a": 1}, context)
    assert output.lines == []


def test_wrong_environment_value_is_an_error(logger, monkeypatch):
    """LOG-E3: a value that is no boolean names the variable, the value and what is allowed."""
    monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", "perhaps")
    with pytest.raises(SettingsError, match="POWERTOOLS_LOGGER_LOG_EVENT is 'perhaps'.*allowed") as caught:
        logger.inject_lambda_context(lambda event, context: None)
    assert isinstance(caught.value, ValueError)


def test_cold_start_is_the_first_invocation(make, output, contexts, service):
    """LOG-66: true once for all loggers, and false ever after."""
    logger, other = make(), Logger(service=f"{service}-other", stream=output)

    @other.inject_lambda_context
    @logger.inject_lambda_context
    def handler(event, context):
        logger.info("x")
        other.info("x")

    handler({}, contexts("r1"))
    handler({}, contexts("r2"))
    assert [record["cold_start"] for record in output.records] == [True, True, False, False]


def test_provisioned_concurrency_is_never_cold(logger, output, context, monkeypatch):
    """LOG-66: an environment initialised before the request is not cold."""
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency")

    @logger.inject_lambda_context
    def handler(event, context):
        logger.info("x")

    handler({}, context)
    assert output.last["cold_start"] is False


def test_keys_stay_until_the_next_invocation(logger, output, contexts):
    """LOG-67, LOG-70: without clear_state, injected and appended keys outlive the invocation."""

    @logger.inject_lambda_context
    def handler(event, context):
        logger.append_keys(**event)
        logger.info("inside")

    handler({"a": 1}, contexts("r1"))
    logger.info("between")
    handler({"b": 2}, contexts("r2"))
    _, between, second = output.records
    assert between["function_request_id"] == "r1"
    assert (second["function_request_id"], second["a"], second["b"]) == ("r2", 1, 2)


def test_keys_removed_in_an_invocation_stay_removed(logger, output, context):
    """LOG-70: remove_keys outlives the invocation as append_keys does."""
    logger.append_keys(a=1)

    @logger.inject_lambda_context
    def handler(event, context):
        logger.remove_keys(["a"])

    handler({}, context)
    logger.info("x")
    assert "a" not in output.last


def test_clear_state_leaves_nothing_for_the_next(make, output, contexts):
    """LOG-60, T-1: keys, thread-safe keys and correlation id of one invocation do not reach the next."""
    logger = make(team="payment")
    logger.append_keys(imported=1)

    @logger.inject_lambda_context(clear_state=True, correlation_id_path="id")
    def handler(event, context):
        logger.info("x")
        logger.append_keys(leak=1)
        logger.thread_safe_append_keys(leak_too=1)

    handler({"id": 1}, contexts("r1"))
    handler({}, contexts("r2"))
    logger.info("after")
    first, second, after = output.records
    assert first["correlation_id"] == 1
    assert second["function_request_id"] == "r2"
    for record in (second, after):
        assert not {"leak", "leak_too", "correlation_id"} & record.keys()
        assert record["team"] == "payment"
    assert "imported" not in second  # back to what the logger was constructed with


def test_clear_state_works_with_a_formatter_from_scratch(service, output, context):
    """T-7: the two required methods suffice."""
    from lambda_powertools.logger.formatter import BasePowertoolsFormatter

    class Scratch(BasePowertoolsFormatter):
        def __init__(self):
            super().__init__()
            self.keys = {}

        def append_keys(self, **keys):
            self.keys.update(keys)

        def clear_state(self):
            self.keys.clear()

        def format(self, record):
            import json

            return json.dumps(self.keys)

    logger = Logger(service=service, stream=output, logger_formatter=Scratch())

    @logger.inject_lambda_context(clear_state=True)
    def handler(event, context):
        logger.info("x")

    logger.append_keys(before=1)
    handler({}, context)
    assert output.last["function_name"] == "orders"
    assert output.last["service"] == service
    assert "before" not in output.last


def test_async_handler_is_awaited_inside(logger, output, context):
    """LOG-68: a coroutine function stays one, and the steps surround the await."""

    @logger.inject_lambda_context(log_event=True, log_exceptions=True)
    async def handler(event, context):
        await asyncio.sleep(0)
        logger.info("inside")
        raise ValueError("x")

    assert inspect.iscoroutinefunction(handler)
    with pytest.raises(ValueError):
        asyncio.run(handler({"a": 1}, context))
    assert [record["level"] for record in output.records] == ["INFO", "INFO", "ERROR"]
    assert all(record.keys() >= CONTEXT_KEYS for record in output.records)


def test_decorated_handlers_share_one_invocation(logger, output, context):
    """An invocation that another decorator has begun is the one whose cold start and keys are used."""

    @logger.inject_lambda_context
    def handler(event, context):
        logger.info("x")

    with invocation_scope({}, context) as invocation:
        handler({}, context)
        assert output.last["cold_start"] is invocation.cold_start


def test_decorating_with_a_child_uses_the_services_formatter(make, output, service, context):
    """LOG-6: keys injected through a child are in the records of all loggers of the service."""
    logger = make()
    child = Logger(service=service, child=True)

    @child.inject_lambda_context
    def handler(event, context):
        logger.info("x")

    handler({}, context)
    assert output.last["function_name"] == "orders"


def test_orphan_cannot_inject(service, context):
    """LOG-E2: a child without parent has no formatter to inject into."""
    child = Logger(service=service, child=True)
    handler = child.inject_lambda_context(lambda event, context: None)
    with pytest.raises(OrphanedChildLoggerError):
        handler({}, context)


def test_thread_of_a_handler_sees_its_keys(logger, output, context):
    """A thread that the handler starts writes, and changes, the keys of the only invocation that goes on."""
    import threading

    def work():
        logger.append_keys(from_thread=1)
        logger.info("thread")

    @logger.inject_lambda_context
    def handler(event, context):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        logger.info("handler")

    handler({}, context)
    assert all(record["function_request_id"] == "request-1" for record in output.records)
    assert all(record["from_thread"] == 1 for record in output.records)


EVENTS = {
    "API_GATEWAY_REST": {"requestContext": {"requestId": "c"}},
    "API_GATEWAY_HTTP": {"requestContext": {"requestId": "c"}},
    "APPSYNC_AUTHORIZER": {"requestContext": {"requestId": "c"}},
    "LAMBDA_FUNCTION_URL": {"requestContext": {"requestId": "c"}},
    "APPSYNC_RESOLVER": {"request": {"headers": {"x-amzn-trace-id": "c"}}},
    "APPLICATION_LOAD_BALANCER": {"headers": {"x-amzn-trace-id": "c"}},
    "VPC_LATTICE": {"headers": {"x-amzn-trace-id": "c"}},
    "EVENT_BRIDGE": {"id": "c"},
    "S3_OBJECT_LAMBDA": {"xAmzRequestId": "c"},
}


def correlate(logger, path, event, context):
    @logger.inject_lambda_context(correlation_id_path=path)
    def handler(event, context):
        return logger.get_correlation_id()

    return handler(event, context)


@pytest.mark.parametrize("name", EVENTS)
def test_correlation_paths_fit_their_events(logger, context, name):
    """LOG-61: each constant finds the id in the event it is named after."""
    assert correlate(logger, getattr(correlation_paths, name), EVENTS[name], context) == "c"


@pytest.mark.parametrize(
    ("path", "event", "expected"),
    [
        ("a", {"a": 0}, 0),
        ("a.b", {"a": {"b": {"c": 1}}}, {"c": 1}),
        ('"a.b"."c\\"d"', {"a.b": {'c"d': 1}}, 1),
        ("a.b", {"a": [1]}, None),
        ("a", {}, None),
        ("a", "text", None),
        ("a", ["a"], None),
        ("a", 7, None),
        ("a", None, None),
        ("raw", SourceDataClass(), 1),
    ],
    ids=str,
)
def test_plain_paths_need_no_jmespath(logger, context, path, event, expected):
    """LOG-62, LOG-63: names joined by dots give whatever is there; an event that is no mapping gives nothing."""
    assert correlate(logger, path, event, context) == expected


def test_no_match_removes_the_correlation_id(logger, output, contexts):
    """LOG-62: an invocation without the id does not keep that of the last one."""

    @logger.inject_lambda_context(correlation_id_path="id")
    def handler(event, context):
        logger.info("x")

    handler({"id": 1}, contexts("r1"))
    handler({}, contexts("r2"))
    assert [record.get("correlation_id") for record in output.records] == [1, None]


@pytest.fixture
def jmespath_distribution(monkeypatch):
    """Stand in for lambda-powertools-jmespath, as far as this package needs it."""
    import json
    import sys
    from types import ModuleType

    from jmespath import functions

    class PowertoolsFunctions(functions.Functions):
        @functions.signature({"types": ["string"]})
        def _func_powertools_json(self, value):
            return json.loads(value)

    module = ModuleType("lambda_powertools.jmespath")
    module.PowertoolsFunctions = PowertoolsFunctions
    monkeypatch.setitem(sys.modules, "lambda_powertools.jmespath", module)


@pytest.mark.usefixtures("jmespath_distribution")
def test_expressions_are_jmespath(logger, context):
    """LOG-62: with the distribution installed, any expression and its functions work."""
    event = {"body": '{"id": 7}', "items": [{"id": 1}]}
    assert correlate(logger, "powertools_json(body).id", event, context) == 7
    assert correlate(logger, "items[0].id", event, context) == 1


@pytest.mark.usefixtures("jmespath_distribution")
def test_wrong_expression_is_an_error_when_decorating(logger):
    """LOG-62: the error names the expression."""
    with pytest.raises(ValueError, match=r"'items\[\?' is not valid JMESPath"):
        logger.inject_lambda_context(correlation_id_path="items[?")


@pytest.mark.usefixtures("jmespath_distribution")
def test_expression_that_fails_on_an_event_fails_the_invocation(logger, context):
    """LOG-62: under the decorator the failure comes out, and the invocation counts as ended."""
    with pytest.raises(ValueError):
        correlate(logger, "powertools_json(body)", {"body": "no json"}, context)
    assert _scope._active == set()


@pytest.mark.parametrize("path", ["items[0].id", "powertools_json(body).id", "a.", "a..b", "a-b"])
def test_missing_distribution_is_an_error_when_decorating(logger, path, monkeypatch):
    """LOG-E6: an expression that is no plain path says what to install."""
    import sys

    monkeypatch.setitem(sys.modules, "lambda_powertools.jmespath", None)
    with pytest.raises(ImportError, match="pip install lambda-powertools-jmespath"):
        logger.inject_lambda_context(correlation_id_path=path)


def test_standard_logging_is_untouched(logger, context):
    """Decorating neither changes the root logger's level nor its handlers."""
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    logger.inject_lambda_context(lambda event, context: None)({}, context)
    assert (root.level, list(root.handlers)) == before
