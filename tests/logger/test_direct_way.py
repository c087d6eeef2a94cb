"""Ordinary statements are written without a log record, and nobody can tell."""

import contextlib
import io
import itertools
import logging
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core import powertools
from lambda_powertools.core.secrets import register_secret
from lambda_powertools.logger import Logger
from lambda_powertools.logger.filters import SuppressFilter
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter

_numbers = itertools.count()
NOW = 1_700_000_000.987654


class Full(list):
    """A list of handlers that pytest cannot add its own to: it wants to see every record."""

    def append(self, handler):
        pass


@pytest.fixture(autouse=True)
def outside_of_pytest(monkeypatch):
    monkeypatch.setattr(logging.root, "handlers", Full())
    monkeypatch.setattr(time, "time", lambda: NOW)


@pytest.fixture
def emitted(logger, monkeypatch):
    """Collect the messages that go the usual way, as records through the handler."""
    messages = []
    kind = type(logger.registered_handler)
    emit = kind.emit

    def spy(self, record):
        messages.append(record.msg)
        emit(self, record)

    logger.info("first")  # what is made at the first line is made
    monkeypatch.setattr(kind, "emit", spy)
    return messages


@contextlib.contextmanager
def usual_way(logger):
    """Inside, a filter wants to see each record."""

    def see(record):
        return True

    logger.addFilter(see)
    try:
        yield
    finally:
        logger.removeFilter(see)


def both_ways(logger, output, statement):
    """Return the line of a statement on the direct way, and that on the usual one."""
    output.forget()
    statement()
    direct = output.getvalue()
    output.forget()
    with usual_way(logger):
        statement()
    return direct, output.getvalue()


def test_ordinary_statement_makes_no_record(logger, output, emitted):
    """A statement with keys is written without the handler being given a record."""
    logger.info("paid", amount=42, extra={"currency": "EUR"})
    assert emitted == []
    assert output.last["message"] == "paid"
    assert (output.last["currency"], output.last["amount"]) == ("EUR", 42)


def test_child_makes_no_record_either(service, logger, output, emitted):
    """A child that only passes its records on writes as its parent does; with a handler of its own it does not."""
    child = Logger(service=service, child=True)
    child.info("child")
    assert (emitted, output.last["message"]) == ([], "child")
    child.addHandler(logging.NullHandler())
    child.info("seen")
    assert emitted == ["seen"]


STATEMENTS = {
    "text": lambda logger: logger.info("paid"),
    "percent": lambda logger: logger.info("50% %s %(x)s", rate="10%"),
    "quotes": lambda logger: logger.error('say "hi"\n\\', **{'k"ey': 'v"'}),
    "unicode": lambda logger: logger.warning("grüße \u2028 \U0001f600", name_="ü"),
    "surrogate": lambda logger: logger.info("bad \ud800"),
    "surrogate key": lambda logger: logger.info("bad", key="\ud800"),
    "JSON text": lambda logger: logger.info('{"a": [1, 2]}'),
    "dict": lambda logger: logger.info({"a": 1, "b": None}),
    "none": lambda logger: logger.info(None),
    "number": lambda logger: logger.info(7),
    "object": lambda logger: logger.info(ValueError("x")),
    "None as key": lambda logger: logger.info("x", a=None, b=1),
    "all kinds": lambda logger: logger.info("x", a=True, b=1.5, c=[1], d={"e": "f"}, g=(1,), h=b"x", i=10**30),
    "NaN": lambda logger: logger.info("x", a=float("nan")),
    "huge": lambda logger: logger.info("x", a=10**5000),
    "no JSON": lambda logger: logger.info("x", a={1}, b=object),
    "collision": lambda logger: logger.info("x", name="n", service="other", processName="m", taskName="t"),
    "standard": lambda logger: logger.info("x", level="l", location="l", timestamp="t", xray_trace_id="x"),
    "no text as key": lambda logger: logger.info("x", extra={1: 2}),
    "extra": lambda logger: logger.info("x", a=1, extra={"a": 2, "b": 3}),
    "arguments": lambda logger: logger.info("%s of %d", "one", 2),
    "level": lambda logger: logger.log(35, "x"),
    "critical": lambda logger: logger.critical("x"),
    "stacklevel": lambda logger: logger.info("x", stacklevel=3),
    "stack": lambda logger: logger.info("x", stacklevel=99),
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_line_is_the_same_both_ways(logger, output, monkeypatch, statement):
    """Whatever is logged, both ways write the same line, with the same location and time."""
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-2-3")
    logger.info("first")
    logger.append_keys(order_id="50%", amount=1)
    direct, usual = both_ways(logger, output, lambda: statement(logger))
    assert direct == usual != ""
    logger.thread_safe_append_keys(request="r", amount=2)
    with logger.append_context_keys(step='"1"'):
        direct, usual = both_ways(logger, output, lambda: statement(logger))
    assert direct == usual != ""


@pytest.mark.parametrize(
    "options",
    [
        {"utc": True},
        {"use_rfc3339": True},
        {"datefmt": "%F|%Y|%F"},
        {"datefmt": "%H:%M:%S.%f", "use_datetime_directive": True},
        {"location": None},
        {"log_record_order": ["message", "tenant"]},
        {"list": [1]},
        {"xray_trace_id": None},
        {"redact": True},
        {"json_serializer": str},
        {"process": "%(process)d"},
    ],
    ids=str,
)
def test_line_is_the_same_with_any_formatter(make, output, options):
    """Options that change the line change it both ways."""
    logger = make(**options)
    logger.info("first")
    direct, usual = both_ways(logger, output, lambda: logger.info("x", password="p", tenant="t"))  # to be masked
    assert direct == usual != ""


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.filterwarnings("ignore:the value of the log key")  # "level": a value that is no %-format
@given(message=_values, keys=st.dictionaries(st.text(), _values), own=st.dictionaries(st.text(), _values))
def test_any_data_give_the_same_line(message, keys, own):
    """Both ways write the same for any message, keys of the statement and keys of the block around it."""
    output = io.StringIO()
    logger = Logger(service=f"direct-{next(_numbers)}", stream=output)
    logger.info("first")
    lines = []
    with logger.append_context_keys(**own):
        for way in (contextlib.nullcontext(), usual_way(logger)):
            with way:
                output.truncate(output.seek(0))
                logger.info(message, extra=keys)
                lines.append(output.getvalue())
    assert lines[0] == lines[1] != ""


def test_keys_of_each_invocation(logger, output, contexts):
    """Under the plugin each line has the keys of its invocation, the same both ways."""

    @powertools(only=["logger"])
    def handler(event, context):
        logger.append_keys(step=event)
        return both_ways(logger, output, lambda: logger.info("inside"))

    for number in (1, 2):
        direct, usual = handler(number, contexts(f"request-{number}"))
        assert direct == usual
        assert f'"function_request_id":"request-{number}","step":{number}' in direct


def test_secrets_are_masked(logger, output, emitted):
    """The register of secrets is honoured without a record."""
    register_secret("hunter22")
    logger.info("it is hunter22", key="hunter22")
    assert emitted == []
    assert "hunter22" not in output.getvalue()


@contextlib.contextmanager
def root_handlers(handlers):
    """Inside, root has these handlers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging.root, "handlers", handlers)
        yield


class Tagged(logging.LogRecord):
    pass


def _callable_filter(record):
    return True


@contextlib.contextmanager
def _factory(logger):
    logging.setLogRecordFactory(Tagged)
    try:
        yield
    finally:
        logging.setLogRecordFactory(logging.LogRecord)


def _other(function):
    def other(*args, **kwargs):
        return function(*args, **kwargs)

    return other


@contextlib.contextmanager
def _patched(owner, name):
    with pytest.MonkeyPatch.context() as patch:
        original = getattr(owner, name)
        patch.setattr(owner, name, _other(original))
        yield


@contextlib.contextmanager
def _with(add, remove, thing):
    add(thing)
    try:
        yield
    finally:
        remove(thing)


def _formatter(logger):
    return logger.registered_formatter


ONLOOKERS = {
    "filter of the logger": lambda lg: _with(lg.addFilter, lg.removeFilter, _callable_filter),
    "filter of the handler": lambda lg: _with(
        lg.registered_handler.addFilter, lg.registered_handler.removeFilter, _callable_filter
    ),
    "second handler": lambda lg: _with(lg.addHandler, lg.handlers.remove, logging.NullHandler()),
    "handler of root": lambda lg: root_handlers([logging.NullHandler()]),
    "record factory": _factory,
    "Logger.handle": lambda lg: _patched(logging.Logger, "handle"),
    "Logger.callHandlers": lambda lg: _patched(logging.Logger, "callHandlers"),
    "handle of the object": lambda lg: _patched(logging.getLogger(lg.name), "handle"),
    "format of the object": lambda lg: _patched(_formatter(lg), "format"),
    "formatTime of the object": lambda lg: _patched(_formatter(lg), "formatTime"),
    "format of the class": lambda lg: _patched(LambdaPowertoolsFormatter, "format"),
    "handle of the handler": lambda lg: _patched(lg.registered_handler, "handle"),
}


@pytest.mark.parametrize("watch", ONLOOKERS.values(), ids=ONLOOKERS)
def test_record_is_made_as_long_as_somebody_looks(logger, emitted, watch):
    """Whoever could see a record sees it; before and after, there is none."""
    logger.info("before")
    with watch(logger):
        logger.info("during")
    logger.info("after")
    assert emitted == ["during"]


class LambdaLoggerFilter(logging.Filter):
    __module__ = "awslambdaric.bootstrap"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (lambda name: [SuppressFilter(name)], []),
        (lambda name: [LambdaLoggerFilter(), SuppressFilter("other"), SuppressFilter(name)], []),
        (lambda name: [SuppressFilter("other")], ["x"]),
        (lambda name: [logging.Filter(), SuppressFilter(name)], ["x"]),
    ],
    ids=["suppressed", "as in Lambda", "of another", "a filter before"],
)
def test_handlers_of_root_that_drop_the_record_are_no_onlookers(logger, emitted, filters, expected):
    """The handler of Lambda's runtime would drop the record unseen: none is made for it."""
    handler = logging.StreamHandler(io.StringIO())
    handler.filters = filters(logger.name)
    with root_handlers([handler]):
        logger.info("x")
        assert emitted == expected
        handler.addFilter(_callable_filter)
        logger.info("y")
        handler.filters.insert(0, _callable_filter)
        logger.info("z")
    assert emitted == [*expected, *["y"][: len(expected)], "z"]


def test_level_of_the_handler(logger, output, emitted):
    """A handler writes nothing below its level."""
    logger.registered_handler.setLevel("ERROR")
    output.forget()
    logger.info("too low")
    logger.error("high enough")
    assert output.messages == ["high enough"]


def test_disabled_levels(logger, output, emitted):
    """`logging.disable` and the level of the logger are asked at each statement."""
    output.forget()
    logging.disable(logging.INFO)
    try:
        logger.info("disabled")
    finally:
        logging.disable(logging.NOTSET)
    logger.debug("too low")
    assert output.getvalue() == ""


def test_broken_stream_is_reported_once(logger, emitted, capsys, monkeypatch):
    """A stream that fails is reported as logging does, without the secrets of the message, if at all."""
    secret = "hunter" * 2
    register_secret(secret)
    attempts = []

    class Broken:
        def write(self, text):
            attempts.append(text)
            raise OSError("gone")

    logger.registered_handler.stream = Broken()
    logger.info("it is " + secret)  # noqa: G003  # no arguments: those make a record
    shown = capsys.readouterr().err
    assert "gone" in shown
    assert secret not in shown
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logger.info("x")
    assert capsys.readouterr().err == ""
    assert (len(attempts), emitted) == (2, [])


def test_each_line_is_one_write_and_one_flush(logger, emitted):
    """A line is written at once, with its newline, and flushed."""
    calls = []

    class Stream:
        def write(self, text):
            calls.append(text[-2:])

        def flush(self):
            calls.append("flush")

    logger.registered_handler.stream = Stream()
    logger.info("x")
    assert (calls, emitted) == (["}\n", "flush"], [])


CONTEXTS = {
    "as Lambda's": {},
    "another request": {"aws_request_id": "request-2"},
    "size as text": {"memory_limit_in_mb": "128"},
    "size as a number again": {"memory_limit_in_mb": 128},
    "size that equals another": {"memory_limit_in_mb": 128.0},
    "size 1": {"memory_limit_in_mb": 1},
    "size True": {"memory_limit_in_mb": True},
    "another function": {"function_name": "shipping", "invoked_function_arn": 'a"r\\n'},
    "quotes": {"aws_request_id": 'say "hi"', "function_name": "ü%s"},
    "no texts": {"function_name": 7, "aws_request_id": ["r"]},
    "nothing": {"function_name": None, "memory_limit_in_mb": None},
}


def test_keys_of_the_context_are_the_same_both_ways_whatever_came_before(service, output, contexts):
    """What is remembered of one invocation's keys never shows in the line of another's, not even where 1 == True."""
    logger = Logger(service=service, stream=output)

    @powertools(only=["logger"])
    def handler(event, context):
        return both_ways(logger, output, lambda: logger.info("paid", amount=1))

    for name, changes in itertools.chain(CONTEXTS.items(), reversed(CONTEXTS.items())):
        direct, usual = handler({}, contexts(**changes))
        assert direct == usual, name
