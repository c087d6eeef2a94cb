import asyncio
import io
import logging
import sys
from types import ModuleType, SimpleNamespace

import pytest

from lambda_powertools.core import (
    Plugin,
    PluginOptionsError,
    PowertoolsUserWarning,
    Registry,
    SettingsError,
    current_invocation,
    hookimpl,
    invocation_scope,
    powertools,
)
from lambda_powertools.logger import Logger, LoggerBufferConfig, _registry
from lambda_powertools.logger.exceptions import InvalidLoggerSamplingRateError
from lambda_powertools.logger.formatter import BasePowertoolsFormatter
from lambda_powertools.logger.plugin import LoggerOptions, LoggerPlugin


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(LoggerPlugin)
    return registry


@pytest.fixture
def decorate(registry):
    """Decorate a handler with @powertools and the logger plugin, as with an installed one."""

    def decorator(handler=None, **options):
        wrap = powertools(registry=registry, **options)
        return wrap if handler is None else wrap(handler)

    return decorator


def test_plugin_is_what_the_entry_point_promises():
    """It is called logger, is the outermost of its band, and a failure of it never fails the handler."""
    assert (LoggerPlugin.name, LoggerPlugin.order, LoggerPlugin.on_failure) == ("logger", 10, "warn")


def test_every_logger_of_the_process_gets_the_keys(decorate, make, output, service, context):
    """Loggers of all services, children, and loggers made by the handler itself have the keys of the invocation."""
    logger, other = make(), Logger(service=f"{service}-other", stream=output)
    child = Logger(service=service, child=True)

    @decorate
    def handler(event, context):
        late = Logger(service=f"{service}-late", stream=output)
        for each in (logger, other, child, late):
            each.info("x")

    handler({}, context)
    assert len(output.records) == 4
    for record in output.records:
        assert (record["function_name"], record["function_request_id"]) == ("orders", "request-1")
        assert record["cold_start"] is True


def test_keys_of_an_invocation_end_with_it(decorate, make, output, contexts):
    """clear_state is on: keys of import time survive, keys, thread-safe ones and context of the invocation do not."""
    logger = make(team="payment")
    logger.append_keys(imported=1)

    @decorate
    def handler(event, context):
        logger.info("x")
        logger.append_keys(leak=1, imported=2)
        logger.thread_safe_append_keys(leak_too=1)
        logger.info("y")

    handler({}, contexts("r1"))
    logger.info("between")
    handler({}, contexts("r2"))
    _, inside, between, second, _ = output.records
    assert (inside["leak"], inside["imported"], inside["leak_too"]) == (1, 2, 1)
    assert second["function_request_id"] == "r2"
    for record in (between, second):
        assert (record["imported"], record["team"]) == (1, "payment")
        assert not {"leak", "leak_too"} & record.keys()
    assert "function_name" not in between


def test_clear_state_can_be_switched_off(decorate, make, output, contexts):
    """clear_state=False: keys outlive the invocation, as they do under the decorator."""
    logger = make()

    @decorate(logger={"clear_state": False})
    def handler(event, context):
        logger.append_keys(**event)

    handler({"a": 1}, contexts("r1"))
    handler({"b": 2}, contexts("r2"))
    logger.info("x")
    assert (output.last["a"], output.last["b"], output.last["function_request_id"]) == (1, 2, "r2")


def test_instance_is_the_only_one_acted_on(decorate, make, output, service, context):
    """logger=my_logger and instance=my_logger leave all other loggers alone."""
    mine, other = make(), Logger(service=f"{service}-other", stream=output)
    for options in (mine, {"instance": mine}):

        @decorate(logger=options)
        def handler(event, context):
            mine.info("mine")
            other.info("other")

        handler({}, context)
        mine.info("after")
        assert ["function_name" in record for record in output.records] == [True, False, False]
        output.forget()


def test_correlation_id_is_found(decorate, make, output, contexts):
    """The path is compiled once, and an event without the id does not keep the last one's."""
    logger = make()

    @decorate(logger={"correlation_id_path": "requestContext.requestId"})
    def handler(event, context):
        logger.info("x")
        return logger.get_correlation_id()

    assert handler({"requestContext": {"requestId": "c"}}, contexts("r1")) == "c"
    assert handler("no mapping", contexts("r2")) is None
    assert [record.get("correlation_id") for record in output.records] == ["c", None]


def test_expression_that_fails_on_an_event_is_a_warning(decorate, make, output, context, monkeypatch):
    """LOG-62: the invocation goes on without a correlation id."""
    from jmespath import functions

    class PowertoolsFunctions(functions.Functions):
        @functions.signature({"types": ["string"]})
        def _func_powertools_json(self, value):
            raise ValueError("no json")

    module = ModuleType("lambda_powertools.jmespath")
    module.PowertoolsFunctions = PowertoolsFunctions
    monkeypatch.setitem(sys.modules, "lambda_powertools.jmespath", module)
    logger = make()

    @decorate(logger={"correlation_id_path": "powertools_json(body)"})
    def handler(event, context):
        logger.info("x")

    with pytest.warns(PowertoolsUserWarning, match=r"'powertools_json\(body\)' failed on this event"):
        handler({"body": "x"}, context)
    assert "correlation_id" not in output.last
    assert output.last["function_name"] == "orders"


@pytest.mark.parametrize(("option", "environment", "count"), [(None, "1", 1), (True, None, 1), (False, "1", 0)])
def test_event_is_logged_once(decorate, make, output, context, monkeypatch, option, environment, count):
    """Event logging follows option and environment, and is not doubled by the user's own decorator, of any logger."""
    if environment:
        monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", environment)
    logger = make()

    @decorate(logger={"log_event": option})
    @logger.inject_lambda_context(log_event=option)
    def handler(event, context):
        logger.info("x")

    handler({"id": 1}, context)
    assert output.messages == [{"id": 1}] * count + ["x"]
    if count:
        assert output.records[0]["location"].startswith("handler:")


def test_event_is_the_raw_one(registry, decorate, make, output, context):
    """The plugin is the outermost: what others make of the event is not logged."""

    class Reshape(Plugin[None]):
        name = "reshape"

        @hookimpl
        def before_invoke(self, invocation):
            invocation.event = "reshaped"

    registry.register(Reshape)
    make()

    @decorate(logger={"log_event": True})
    def handler(event, context):
        return event

    assert handler({"raw": 1}, context) == "reshaped"
    assert output.messages == [{"raw": 1}]


def test_decorator_and_plugin_give_the_same_record(decorate, make, output, contexts):
    """With the user's own decorator inside, there are the same keys once, and they end with the invocation."""
    logger = make()

    @decorate
    @logger.inject_lambda_context
    def handler(event, context):
        logger.append_keys(leak=1)
        logger.info("x")

    handler({}, contexts("r1"))
    logger.info("after")
    record, after = output.records
    assert output.lines[0].count('"function_request_id"') == 1
    assert record["function_request_id"] == "r1"
    assert not {"leak", "function_request_id"} & after.keys()


@pytest.mark.parametrize("error", [ValueError("declined"), KeyboardInterrupt(), SystemExit(1)], ids=repr)
def test_uncaught_exception_is_one_line(decorate, make, output, context, error):
    """LOG-40: at ERROR, with the exception keys and those of the invocation; the exception leaves unchanged."""
    logger = make()

    @decorate
    def handler(event, context):
        logger.append_keys(order="o-1")
        raise error

    with pytest.raises(type(error)) as caught:
        handler({}, context)
    assert caught.value is error
    (record,) = output.records
    assert (record["level"], record["exception_name"]) == ("ERROR", type(error).__name__)
    assert (record["order"], record["function_request_id"]) == ("o-1", "request-1")
    assert record["stack_trace"]["frames"][-1]["function"] == "handler"
    assert record["location"] == f"handler:{record['stack_trace']['frames'][-1]['line']}"
    assert "Uncaught exception" in record["message"]


def test_exception_logging_can_be_switched_off(decorate, make, output, context):
    """log_exceptions=False leaves the exception to the runtime."""
    make()

    @decorate(logger={"log_exceptions": False})
    def handler(event, context):
        raise ValueError

    with pytest.raises(ValueError):
        handler({}, context)
    assert output.lines == []


def stacked_decorator(logger, decorate):
    @decorate
    @logger.inject_lambda_context(log_exceptions=True)
    @logger.inject_lambda_context(log_exceptions=True)
    def handler(event, context):
        raise ValueError("x")

    return handler


def nested_powertools(logger, decorate):
    @decorate
    @decorate
    def handler(event, context):
        raise ValueError("x")

    return handler


def handler_calls_handler(logger, decorate):
    @decorate
    def inner(event, context):
        raise ValueError("x")

    @decorate
    def outer(event, context):
        inner(event, context)

    return outer


def logged_by_the_handler(logger, decorate):
    @decorate
    def handler(event, context):
        try:
            raise ValueError("x")
        except ValueError:
            logger.exception("failed")
            raise

    return handler


def second_logger(logger, decorate):
    Logger(service=f"{logger.service}-second", stream=logger.registered_handler.stream)

    @decorate
    def handler(event, context):
        raise ValueError("x")

    return handler


def second_handler(logger, decorate):
    logger.addHandler(logging.StreamHandler(io.StringIO()))
    return second_logger(logger, decorate)


@pytest.mark.parametrize(
    "build",
    [
        stacked_decorator,
        nested_powertools,
        handler_calls_handler,
        logged_by_the_handler,
        second_logger,
        second_handler,
    ],
    ids=lambda build: build.__name__,
)
def test_exception_is_not_logged_twice(decorate, make, output, context, build):
    """However decorators, handlers and loggers are stacked, one exception is one line."""
    handler = build(make(), decorate)
    with pytest.raises(ValueError):
        handler({}, context)
    (record,) = output.records
    assert record["exception_name"] == "ValueError"


def test_same_exception_object_is_logged_again_by_the_next_request(decorate, make, output, contexts):
    """An exception that a module keeps and raises again is a failure of each request."""
    error = ValueError("kept")
    make()

    @decorate
    def handler(event, context):
        raise error

    for request in ("r1", "r2"):
        with pytest.raises(ValueError):
            handler({}, contexts(request))
    assert [record["function_request_id"] for record in output.records] == ["r1", "r2"]


def test_recovered_error_is_not_logged(registry, decorate, make, output, context):
    """What a plugin further in turns into a response is no uncaught exception."""

    class Recover(Plugin[None]):
        name = "recover"

        @hookimpl
        def on_error(self, invocation, error):
            invocation.recover("recovered")

    registry.register(Recover)
    make()

    @decorate
    def handler(event, context):
        raise ValueError

    assert handler({}, context) == "recovered"
    assert output.lines == []


def test_without_a_logger_the_plugin_makes_one(registry, context, monkeypatch, capsys, service):
    """A function that never made a logger still logs its uncaught exceptions, under the service of the decorator."""

    @powertools(registry=registry, service=service)
    def handler(event, context):
        raise ValueError("x")

    with pytest.raises(ValueError):
        handler({}, context)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert f'"service":"{service}"' in out
    assert '"exception_name":"ValueError"' in out
    assert [each.name for each in _registry.services] == [service]


def test_exception_is_logged_by_the_logger_of_the_service(decorate, make, output, service, context):
    """Of several loggers, that of the decorator's service speaks; else the one made first."""
    make()
    second = Logger(service=f"{service}-second", stream=output)

    def handler(event, context):
        raise ValueError

    for options, expected in (({}, service), ({"service": second.service}, second.service)):
        with pytest.raises(ValueError):
            decorate(**options)(handler)({}, context)
        assert output.last["service"] == expected


def test_uncaught_error_writes_the_buffer(decorate, make, output, context):
    """flush_buffer_on_uncaught_error is on, also with the user's own decorator inside."""
    logger = make(buffer_config=LoggerBufferConfig())

    @decorate
    @logger.inject_lambda_context
    def handler(event, context):
        logger.debug("buffered")
        raise ValueError

    with pytest.raises(ValueError):
        handler({}, context)
    assert output.messages == ["buffered", "Uncaught exception"]
    assert output.records[0]["function_request_id"] == "request-1"


def test_writing_the_buffer_can_be_switched_off(decorate, make, output, context):
    """Both flush options off: the buffer of a failed invocation is dropped."""
    logger = make(buffer_config=LoggerBufferConfig(flush_on_error_log=False))

    @decorate(logger={"flush_buffer_on_uncaught_error": False})
    def handler(event, context):
        logger.debug("buffered")
        raise ValueError

    with pytest.raises(ValueError):
        handler({}, context)
    logger.flush_buffer()
    assert output.messages == ["Uncaught exception"]


def test_successful_invocation_drops_the_buffer(decorate, make, output, contexts):
    """LOG-93: the next invocation does not see what the last one buffered."""
    logger = make(buffer_config=LoggerBufferConfig())

    @decorate
    def handler(event, context):
        logger.debug(event)
        if event == "flush":
            logger.flush_buffer()

    handler("dropped", contexts("r1"))
    handler("flush", contexts("r2"))
    assert output.messages == ["flush"]


def test_sampling_is_refreshed_for_every_logger(decorate, make, contexts):
    """LOG-82: each warm invocation rolls again, from the base level."""
    logger = make(sampling_rate=1)
    logger.setLevel("ERROR")
    levels = []

    @decorate
    def handler(event, context):
        levels.append(logger.log_level)

    handler({}, contexts("cold"))
    handler({}, contexts("warm"))
    assert levels == [logging.ERROR, logging.DEBUG]


def test_options_configure_the_logger_that_is_there(decorate, make, output, context):
    """level, buffer, sampling and redaction asked of the plugin apply to the function's own logger."""
    logger = make()

    @decorate(
        logger={"level": "WARNING", "buffer_config": LoggerBufferConfig(), "sampling_rate": 1e-18, "redact": True}
    )
    def handler(event, context):
        logger.debug("buffered", password="x")
        logger.info("too low")
        logger.error("error", token="y")

    handler({}, context)
    assert output.messages == ["buffered", "error"]
    assert (output.records[0]["password"], output.last["token"]) == ("*****", "*****")
    assert output.last["sampling_rate"] == 1e-18
    logger.clear_state()
    assert logger.get_current_keys()["sampling_rate"] == 1e-18


def test_options_configure_a_logger_made_for_them(registry, context, capsys, service):
    """Without a logger of that service, one is made with the options."""

    @powertools(registry=registry, logger={"service": service, "level": "ERROR", "redact": ["iban"], "log_event": True})
    def handler(event, context):
        Logger(service=service).error("x", iban="DE02")

    Logger(service=f"{service}-other")
    handler({}, context)
    out = capsys.readouterr().out
    assert '"iban":"*****"' in out
    assert out.count("\n") == 1  # the event is below the level


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"nonsense": 1}, PluginOptionsError, "no option 'nonsense'"),
        ({"log_events": True}, PluginOptionsError, "log_event"),
        ({"level": "LOUD"}, PluginOptionsError, "Unknown level: 'LOUD'"),
        ({"instance": "logger"}, PluginOptionsError, "instance has to be a Logger, not str"),
        ({"buffer_config": {}}, PluginOptionsError, "buffer_config has to be a LoggerBufferConfig, not dict"),
        ({"redact": "password"}, PluginOptionsError, "redact takes True"),
        ({"sampling_rate": 2}, InvalidLoggerSamplingRateError, "the sampling rate is 2"),
        ({"correlation_id_path": "a[?"}, ImportError, "lambda-powertools-jmespath"),
        ("nonsense", PluginOptionsError, "instance has to be a Logger, not str"),
    ],
    ids=str,
)
def test_wrong_options_are_errors_when_decorating(decorate, options, error, text, monkeypatch):
    """Each wrong option is one clear error before the first invocation."""
    monkeypatch.setitem(sys.modules, "lambda_powertools.jmespath", None)
    with pytest.raises(error, match=text.replace("(", r"\(")):
        decorate(lambda event, context: None, logger=options)


def test_wrong_environment_value_is_an_error_when_decorating(decorate, monkeypatch):
    """LOG-E3: the variable is named."""
    monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", "perhaps")
    with pytest.raises(SettingsError, match="POWERTOOLS_LOGGER_LOG_EVENT"):
        decorate(lambda event, context: None)


def test_handler_called_by_hand_needs_no_context(decorate, make, output):
    """None as the context, as in tests and scripts, gives no warning and no keys but cold_start."""
    logger = make()

    @decorate
    def handler(event, context):
        logger.info("x")

    handler({}, None)
    assert output.last["cold_start"] is True
    assert "function_name" not in output.last


def test_context_without_lambda_attributes_warns_once(decorate, make, output):
    """A stand-in context gives the keys that it can, and one warning names what it lacks."""
    logger = make()

    @decorate
    def handler(event, context):
        logger.info("x")

    with pytest.warns(PowertoolsUserWarning, match="without memory_limit_in_mb, invoked_function_arn") as caught:
        handler({}, SimpleNamespace(function_name="f", aws_request_id="r"))
    handler({}, SimpleNamespace(function_name="f", aws_request_id="r"))
    assert len(caught) == 1
    assert output.last["function_name"] == "f"


def test_durable_context_is_unwrapped(decorate, make, output, context):
    """LOG-60: the keys come from the context inside of a durable one."""
    logger = make()

    @decorate
    def handler(event, context):
        logger.info("x")

    handler({}, SimpleNamespace(state=1, lambda_context=context))
    assert output.last["function_request_id"] == "request-1"


class Scratch(BasePowertoolsFormatter):
    """Keeps its keys in a plain dict."""

    def __init__(self):
        super().__init__()
        self.keys = {}

    def append_keys(self, **keys):
        self.keys.update(keys)

    def clear_state(self):
        self.keys.clear()

    def get_current_keys(self):
        return dict(self.keys)

    def format(self, record):
        import json

        return json.dumps({"message": record.getMessage(), **self.keys})


def test_formatter_from_scratch_gets_and_loses_the_keys(decorate, service, output, contexts):
    """T-7: a formatter with its own keys has those of the invocation during it, and its earlier ones after it."""
    logger = Logger(service=service, stream=output, logger_formatter=Scratch())
    logger.append_keys(imported=1)

    @decorate
    def handler(event, context):
        logger.append_keys(leak=1)
        logger.info("inside")

    handler({}, contexts("r1"))
    logger.info("after")
    inside, after = output.records
    assert (inside["function_request_id"], inside["imported"]) == ("r1", 1)
    assert (after["imported"], after["service"]) == (1, service)
    assert not {"leak", "function_request_id"} & after.keys()


def test_async_handler_has_finished_before_the_keys_go(decorate, make, output, context):
    """LOG-68: hooks surround the await, and an error in it is logged."""
    logger = make()

    @decorate
    async def handler(event, context):
        await asyncio.sleep(0)
        logger.info("inside")
        raise ValueError("x")

    with pytest.raises(ValueError):
        handler({}, context)
    assert output.messages == ["inside", "Uncaught exception"]
    assert all(record["function_request_id"] == "request-1" for record in output.records)


def test_stand_alone_scope_around_the_plugin(decorate, make, output, context):
    """A decorator of another utility outside shares the invocation's facts, and sees no key of it afterwards."""
    logger = make()

    @decorate
    def handler(event, context):
        logger.info("inside")

    with invocation_scope({}, context):
        logger.append_keys(outer=1)
        handler({}, context)
        logger.info("after")
    inside, after = output.records
    assert inside["function_request_id"] == "request-1"
    assert "function_request_id" not in after
    assert after["outer"] == 1


def test_failure_of_the_plugin_does_not_fail_the_handler(decorate, make, context, capsys):
    """A formatter that raises while it is given the keys is reported; the handler runs."""

    class Broken(Scratch):
        def get_current_keys(self):
            raise RuntimeError("broken formatter")

    Logger(service="broken-formatter", logger_formatter=Broken())

    @decorate
    def handler(event, context):
        return "done"

    assert handler({}, context) == "done"
    assert "broken formatter" in capsys.readouterr().err


def test_options_have_the_documented_defaults():
    """Keys are cleared, errors logged and the buffer written on error, unless said otherwise."""
    options = LoggerOptions()
    assert (options.clear_state, options.flush_buffer_on_uncaught_error, options.log_exceptions) == (True, True, True)
    assert options.is_plain


class Router(Plugin[None]):
    """What routes requests, and says where to while the handler runs."""

    name = "router"
    order = 900

    @hookimpl
    def before_invoke(self, invocation):
        invocation.state["event_handler"] = invocation.event


def test_route_of_the_request_is_a_key(registry, decorate, make, output, context):
    """Once a request has been routed, the lines say where to, in this invocation only."""
    registry.register(Router)
    logger = make()

    @decorate
    def handler(event, context):
        logger.info("first")
        logger.append_keys(user="ada")
        logger.info("second")
        if event["route"] == "/fail":
            raise ValueError("no")

    handler({"route": "/users/{id}"}, context)
    with pytest.raises(ValueError, match="no"):
        handler({"route": "/fail"}, context)
    handler({"route": None}, context)
    handler({"route": ["no", "text"]}, context)

    routes = [record.get("http.route") for record in output.records]
    assert routes == ["/users/{id}"] * 2 + ["/fail"] * 3 + [None] * 4
    assert output.records[4]["level"] == "ERROR"


def test_route_that_changes_shows_from_then_on(registry, decorate, make, output, context):
    """What is routed within what has been routed shows its own route; a key of the user's stays."""
    logger = make()

    @decorate
    def handler(event, context):
        state = current_invocation().state
        for route in ("/outer", "/inner", "/outer"):
            state["event_handler"] = {"route": route}
            logger.info("x")
        logger.append_keys(**{"http.route": "mine"})
        logger.info("x")

    handler({}, context)

    assert [record["http.route"] for record in output.records] == ["/outer", "/inner", "/outer", "mine"]
