import logging
import threading

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.logger import Logger, LoggerBufferConfig

TRACE = "Root=1-2-3"


@pytest.fixture
def traced(monkeypatch):
    monkeypatch.setenv("_X_AMZN_TRACE_ID", TRACE)


@pytest.fixture
def buffered(make, traced):
    """Make a buffering logger, in an invocation that is identified by its trace id."""

    def make_buffered(level="INFO", **config):
        return make(level=level, buffer_config=LoggerBufferConfig(**config))

    return make_buffered


@pytest.mark.parametrize(
    ("verbosity", "immediate"),
    [
        ("DEBUG", ["info", "warning", "error", "critical", "exception"]),
        ("INFO", ["warning", "error", "critical", "exception"]),
        ("WARNING", ["error", "critical", "exception"]),
    ],
)
@pytest.mark.parametrize("level", ["DEBUG", "ERROR"])
def test_statements_up_to_the_verbosity_are_buffered(buffered, output, verbosity, immediate, level):
    """LOG-90: whatever the level of the logger; those above go out at once if enabled, errors are never buffered."""
    logger = buffered(level=level, buffer_at_verbosity=verbosity, flush_on_error_log=False)
    for name in ("debug", "info", "warning", "error", "critical", "exception"):
        getattr(logger, name)(name)
    if level == "ERROR":
        immediate = [name for name in immediate if name in {"error", "critical", "exception"}]
    assert output.messages == immediate
    logger.flush_buffer()
    assert set(output.messages[len(immediate) :]) == {"debug", "info", "warning", "error", "critical", "exception"} - {
        "info" if verbosity == "DEBUG" else "",
        "warning" if verbosity != "WARNING" else "",
        *("error", "critical", "exception"),
    }


def test_without_configuration_nothing_is_buffered(make, output, traced):
    """LOG-90, LOG-96: flush and clear do nothing then."""
    logger = make(level="DEBUG")
    logger.debug("x")
    logger.flush_buffer()
    logger.clear_buffer()
    assert output.messages == ["x"]


@pytest.mark.parametrize("name", ["error", "critical", "exception"])
@pytest.mark.parametrize("flush", [True, False])
def test_errors_write_the_buffer_first(buffered, output, name, flush):
    """LOG-91: with flush_on_error_log the buffered statements come out before the error itself."""
    logger = buffered(flush_on_error_log=flush)
    logger.debug("before")
    getattr(logger, name)("error")
    assert output.messages == (["before", "error"] if flush else ["error"])


def test_disabled_error_writes_the_buffer_all_the_same(buffered, output):
    """LOG-91: what went wrong is worth the buffer even if errors themselves are not shown."""
    logger = buffered(level="CRITICAL")
    logger.debug("before")
    logger.error("error")
    assert output.messages == ["before"]


def test_flushed_statements_are_as_they_were_made(buffered, output):
    """LOG-92: order, level, location, time, arguments, exception and keys are those of the statement."""
    logger = buffered(level="ERROR", buffer_at_verbosity="INFO")
    created = []
    logger.registered_handler.addFilter(lambda record: created.append(record.created) or True)
    try:
        raise ValueError("x")
    except ValueError:
        logger.debug("first %d", 1, exc_info=True, key="k")
    logger.info("second")
    logger.flush_buffer()
    first, second = output.records
    assert (first["message"], first["level"], first["key"], first["exception_name"]) == (
        "first 1",
        "DEBUG",
        "k",
        "ValueError",
    )
    assert first["location"].startswith("test_flushed_statements_are_as_they_were_made:")
    assert second["level"] == "INFO"
    assert created == sorted(created)


def test_buffered_statement_keeps_the_moment(buffered, output):
    """LOG-92: persistent, context and thread-safe keys and mutable values are those of the moment of the statement."""
    logger = buffered()
    logger.append_keys(step=1)
    logger.thread_safe_append_keys(own=1)
    message, extra, argument = {"items": [1]}, [1], [1]
    with logger.append_context_keys(block=1):
        logger.debug(message, extra_key=extra)
    logger.debug("%s", argument)
    message["items"].append(2)
    extra.append(2)
    argument.append(2)
    logger.append_keys(step=2)
    logger.thread_safe_append_keys(own=2)
    logger.flush_buffer()
    first, second = output.records
    assert (first["step"], first["own"], first["block"], first["message"]) == (1, 1, 1, {"items": [1]})
    assert first["extra_key"] == [1]
    assert (second["message"], "block" in second) == ("[1]", False)


def test_value_that_cannot_be_copied_is_buffered_as_text(buffered, output):
    """LOG-92: a lock has no copy; its text is kept."""
    logger = buffered()
    logger.debug("x", lock=threading.Lock(), name="bob")
    logger.flush_buffer()
    assert "lock" in output.last["lock"]
    assert output.last["name"] == "bob"


def test_filters_see_flushed_statements(buffered, output):
    """T-14: what a filter changes is written, though the statement was buffered."""
    logger = buffered()
    logger.addFilter(lambda record: setattr(record, "card", "****") or True)
    logger.debug("x", card="4111")
    logger.flush_buffer()
    assert output.last["card"] == "****"


def test_new_trace_discards_what_the_last_one_left(buffered, output, monkeypatch):
    """LOG-93: statements of another trace id are dropped unwritten."""
    logger = buffered()
    logger.debug("old")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-9-9")
    logger.debug("new")
    logger.flush_buffer()
    assert output.messages == ["new"]


@pytest.mark.parametrize("failing", [False, True])
def test_nothing_survives_the_invocation(buffered, output, contexts, failing):
    """LOG-93, T-1: the end of a decorated invocation discards the buffer, also on error."""
    logger = buffered()

    @logger.inject_lambda_context
    def handler(event, context):
        logger.debug(event)
        if failing:
            raise ValueError

    for number in range(2):
        if failing:
            with pytest.raises(ValueError):
                handler(number, contexts(f"r{number}"))
        else:
            handler(number, contexts(f"r{number}"))
    logger.flush_buffer()
    assert output.messages == []


@pytest.mark.parametrize(("level", "expected"), [("DEBUG", ["x"]), ("INFO", [])])
def test_without_identity_nothing_is_buffered(make, output, level, expected):
    """LOG-94: outside of an invocation the level alone decides, and nothing is lost."""
    logger = make(level=level, buffer_config=LoggerBufferConfig())
    logger.debug("x")
    logger.flush_buffer()
    assert output.messages == expected


def test_request_id_is_identity_enough(make, output, context):
    """LOG-94: an invocation that is not traced buffers as well."""
    logger = make(buffer_config=LoggerBufferConfig())

    @logger.inject_lambda_context
    def handler(event, context):
        logger.debug("buffered")
        logger.error("error")

    handler({}, context)
    assert output.messages == ["buffered", "error"]


def test_threads_of_an_invocation_share_its_buffer(make, output, context):
    """LOG-93: a thread that the handler starts buffers for the invocation."""
    logger = make(buffer_config=LoggerBufferConfig())

    @logger.inject_lambda_context
    def handler(event, context):
        thread = threading.Thread(target=lambda: logger.debug("thread"))
        thread.start()
        thread.join()
        logger.flush_buffer()

    handler({}, context)
    assert output.messages == ["thread"]


def test_oldest_statements_make_room(buffered, output):
    """LOG-95: when the buffer is full the oldest go, and the next flush warns once that they are missing."""
    logger = buffered(max_bytes=1000)
    for number in range(10):
        logger.debug(f"{number}" * 200)
    with pytest.warns(PowertoolsUserWarning, match="missing.*evicted.*Raise max_bytes") as caught:
        logger.flush_buffer()
    assert len(caught) == 1
    assert [message[0] for message in map(str, output.messages)] == ["7", "8", "9"]
    logger.debug("again")
    logger.flush_buffer()
    assert output.messages[-1] == "again"


def test_buffer_respects_its_size(buffered, output):
    """LOG-95: what is flushed is about as long as max_bytes allows."""
    logger = buffered(max_bytes=5000)
    for number in range(200):
        logger.debug("statement", number=number, padding="x" * 50)
    with pytest.warns(PowertoolsUserWarning):
        logger.flush_buffer()
    assert 3500 < len(output.getvalue()) < 6500


def test_statement_larger_than_the_buffer_is_written_at_once(buffered, output):
    """LOG-95: with a warning, and without disturbing what is buffered."""
    logger = buffered(max_bytes=500)
    logger.debug("small")
    with pytest.warns(PowertoolsUserWarning, match="larger than the whole log buffer"):
        logger.debug("x" * 1000)
    assert output.messages == ["x" * 1000]
    logger.flush_buffer()
    assert output.messages[-1] == "small"


def test_flush_empties_and_clear_drops(buffered, output):
    """LOG-96: a second flush writes nothing, and cleared statements are gone."""
    logger = buffered()
    logger.debug("flushed")
    logger.flush_buffer()
    logger.flush_buffer()
    logger.debug("cleared")
    logger.clear_buffer()
    logger.flush_buffer()
    assert output.messages == ["flushed"]


@pytest.mark.parametrize("flush", [True, False])
@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt()], ids=repr)
def test_uncaught_error_can_flush(make, output, context, flush, error):
    """LOG-97: the buffer is written on any exception out of the handler, which leaves unchanged."""
    logger = make(buffer_config=LoggerBufferConfig())

    @logger.inject_lambda_context(flush_buffer_on_uncaught_error=flush)
    def handler(event, context):
        logger.debug("buffered")
        raise error

    with pytest.raises(type(error)) as caught:
        handler({}, context)
    assert caught.value is error
    assert output.messages == (["buffered"] if flush else [])


def test_children_and_second_instances_share_the_buffer(make, output, service, traced):
    """LOG-98: one flush writes the statements of all of them, in order, each with its own location."""
    early = Logger(service=service, child=True)
    logger = make(buffer_config=LoggerBufferConfig())
    child, second = Logger(service=service, child=True), Logger(service=service)
    for number, each in enumerate((early, logger, child, second)):
        each.debug(number)
    child.error("flush")
    assert output.messages == [0, 1, 2, 3, "flush"]


def test_log_honours_the_buffer(buffered, output):
    """LOG-22: log() is buffered by its number, and warn as warning is."""
    logger = buffered(buffer_at_verbosity="WARNING")
    logger.log(25, "number")
    with pytest.warns(DeprecationWarning, match="warning"):
        logger.warn("warn")  # noqa: G010  # that is the case
    assert output.messages == []
    logger.flush_buffer()
    assert output.messages == ["number", "warn"]


def test_event_is_buffered(make, output, context):
    """LOG-65: the event is a statement of level INFO, which the buffer may hold."""
    logger = make(buffer_config=LoggerBufferConfig(buffer_at_verbosity="INFO"))

    @logger.inject_lambda_context(log_event=True)
    def handler(event, context):
        assert output.messages == []
        logger.flush_buffer()

    handler({"a": 1}, context)
    assert output.messages == [{"a": 1}]


def test_values_of_the_configuration_can_be_read():
    """LOG-99: the verbosity is in upper case, whatever was given."""
    config = LoggerBufferConfig(max_bytes=7, buffer_at_verbosity="warning", flush_on_error_log=False)
    assert (config.max_bytes, config.buffer_at_verbosity, config.flush_on_error_log) == (7, "WARNING", False)
    default = LoggerBufferConfig()
    assert (default.max_bytes, default.buffer_at_verbosity, default.flush_on_error_log) == (20480, "DEBUG", True)
    with pytest.raises(AttributeError):
        config.max_bytes = 8


@pytest.mark.parametrize(
    "options",
    [
        {"max_bytes": 0},
        {"max_bytes": -1},
        {"max_bytes": "many"},
        {"max_bytes": True},
        {"max_bytes": 1.5},
        {"buffer_at_verbosity": "ERROR"},
        {"buffer_at_verbosity": 10},
        {"buffer_at_verbosity": None},
        {"flush_on_error_log": "yes"},
        {"flush_on_error_log": 1},
    ],
    ids=str,
)
def test_wrong_configuration_is_an_error(options):
    """LOG-99, LOG-E3: the message names the parameter, its value and what is allowed."""
    ((name, value),) = options.items()
    with pytest.raises(ValueError, match=rf"{name} is {value!r}: .*allowed"):
        LoggerBufferConfig(**options)


def test_level_of_a_handler_counts_for_flushed_statements(buffered, output):
    """LOG-92: the logger's level is disregarded, a handler's own is not."""
    logger = buffered()
    logger.registered_handler.setLevel(logging.INFO)
    logger.debug("x")
    logger.flush_buffer()
    assert output.messages == []
