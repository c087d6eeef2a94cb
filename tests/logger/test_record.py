import json
import logging
import sys

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.logger import Logger
from lambda_powertools.logger.formatter import RESERVED_LOG_ATTRS, LambdaPowertoolsFormatter

TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"


def line_of(function):
    return function.__code__.co_firstlineno


def test_keys_come_in_the_documented_order(make, output, monkeypatch):
    """LOG-10: standard, service, sampling rate, constructor, appended, thread, statement, exception, trace."""
    monkeypatch.setenv("_X_AMZN_TRACE_ID", TRACE)
    logger = make(sampling_rate=0.0, team="payment")
    logger.append_keys(tenant="t")
    logger.thread_safe_append_keys(thread_key=1)
    logger.info("x", order=1, exc_info=ValueError("no"))
    assert list(output.last) == [
        "level",
        "location",
        "message",
        "timestamp",
        "service",
        "sampling_rate",
        "team",
        "tenant",
        "thread_key",
        "order",
        "exception",
        "exception_name",
        "stack_trace",
        "xray_trace_id",
    ]


def test_plain_statement_has_only_the_keys_that_have_a_value(logger, output, service):
    """LOG-10: without sampling, trace, exception or keys, there are five keys."""
    logger.info("hello")
    record = output.last
    assert list(record) == ["level", "location", "message", "timestamp", "service"]
    assert (record["level"], record["message"], record["service"]) == ("INFO", "hello", service)


def test_overwritten_key_keeps_its_first_place(make, output):
    """LOG-10: a key given again, by appending or by a statement, stays where it was."""
    logger = make(a=1, b=2)
    logger.append_keys(a=3)
    logger.info("x", a=4)
    assert list(output.last)[-2:] == ["a", "b"]
    assert output.last["a"] == 4


@pytest.mark.parametrize("value", [0, "", False, [], {}], ids=repr)
def test_only_none_leaves_a_key_out(logger, output, value):
    """LOG-11: other falsy values are written."""
    logger.append_keys(kept=value, gone=None)
    logger.info("x", also_kept=value, also_gone=None)
    assert output.last["kept"] == output.last["also_kept"] == value
    assert not {"gone", "also_gone"} & output.last.keys()


def test_none_in_a_statement_hides_a_persistent_key(make, output):
    """LOG-11: None leaves the key out of this record alone."""
    logger = make(tenant="t")
    logger.info("x", tenant=None)
    logger.info("y")
    assert ["tenant" in record for record in output.records] == [False, True]


def test_location_timestamp_and_trace_can_be_suppressed(make, output, monkeypatch):
    """LOG-11, LOG-55: None at construction suppresses location, timestamp and trace id; level and service stay."""
    monkeypatch.setenv("_X_AMZN_TRACE_ID", TRACE)
    logger = make(location=None, timestamp=None, xray_trace_id=None, level=None)
    logger.info("x")
    assert list(output.last) == ["level", "message", "service"]


@pytest.mark.parametrize(
    "drop", [lambda log: log.append_keys(timestamp=None), lambda log: log.remove_keys(["timestamp"])]
)
def test_standard_key_can_be_dropped_later(logger, output, drop):
    """LOG-11: append_keys(timestamp=None) and remove_keys both drop the timestamp."""
    drop(logger)
    logger.info("x")
    assert "timestamp" not in output.last


def test_record_order_puts_known_and_unknown_keys_first(make, output):
    """LOG-12: keys of the order come first, an unknown one as soon as it has a value; the rest keeps its order."""
    logger = make(log_record_order=["message", "request", "timestamp"])
    logger.info("x")
    logger.info("y", request=7)
    assert [list(record) for record in output.records] == [
        ["message", "timestamp", "level", "location", "service"],
        ["message", "request", "timestamp", "level", "location", "service"],
    ]


def test_reserved_keys_are_formats_of_the_record(make, output, service):
    """LOG-13, LOG-14: persistent values of reserved names are %-formats, and their results are texts."""
    logger = make(location="[%(funcName)s] %(module)s", process="%(process)d", name="%(name)s")
    logger.append_keys(level="%(levelno)s")
    logger.info("x")
    record = output.last
    assert record["location"] == "[test_reserved_keys_are_formats_of_the_record] test_record"
    assert (record["name"], record["level"]) == (service, "20")
    assert record["process"].isdecimal()


def test_formats_know_time_and_message(make, output):
    """LOG-14: asctime and message can be named in a format, as they can in logging's."""
    make(name="%(message)s at %(asctime)s", datefmt="noon").info("hello %s", "you")
    assert output.last["name"] == "hello you at noon"


def test_other_keys_are_never_interpolated(make, output):
    """LOG-14: a %-directive in any other key is plain text."""
    make(note="%(levelname)s 100%").info("x", statement="%(name)s")
    assert (output.last["note"], output.last["statement"]) == ("%(levelname)s 100%", "%(name)s")


@pytest.mark.parametrize("value", ["50% off", "%(nonsense)s", "100%", "all of it: %s", 42, ["a"], {"b": 1}], ids=repr)
def test_value_that_is_no_format_is_written_as_it_is_with_one_warning(logger, output, value):
    """LOG-E4: user data under a reserved name costs neither the line nor the data, and warns once."""
    logger.append_keys(name=value)
    with pytest.warns(PowertoolsUserWarning, match="'name'") as caught:  # noqa: PT031  # one warning for both
        logger.info("x")
        logger.info("y")
    assert [record["name"] for record in output.records] == [value, value]
    assert len(caught) == 1


def test_reserved_names_are_listed():
    """The reserved names are those of a record's attributes and of the formatted keys."""
    assert {"name", "levelname", "asctime", "location", "timestamp", "level"} <= set(RESERVED_LOG_ATTRS)
    assert len(RESERVED_LOG_ATTRS) == 24


MESSAGES = [
    ({"a": 1}, {"a": 1}),
    ([1, 2], [1, 2]),
    ("text", "text"),
    ('{"a":1}', {"a": 1}),
    (' {"a":1} \n', {"a": 1}),
    ('{"a":1', '{"a":1'),
    ("123", 123),
    ("-1.5", -1.5),
    ("true", True),
    ("false", False),
    ("tattletale", "tattletale"),
    ('"quoted"', "quoted"),
    ("[1, 2]", [1, 2]),
    ("[INFO] started [x]", "[INFO] started [x]"),
    ("2 items", "2 items"),
    ("100%", "100%"),
    ("null", "null"),
    ("NaN", "NaN"),
    ("Infinity", "Infinity"),
    ("-Infinity", "-Infinity"),
    ("1e999", "1e999"),
    ("", ""),
    (" ", " "),
    (7, 7),
    (False, False),
]


@pytest.mark.parametrize(("message", "expected"), MESSAGES, ids=repr)
def test_message(logger, output, message, expected):
    """LOG-15: dicts and other values stay, JSON texts become data, and texts that JSON cannot express stay texts."""
    logger.info(message)
    assert output.last["message"] == expected
    assert type(output.last["message"]) is type(expected)


def test_message_with_arguments_is_formatted_and_never_parsed(logger, output):
    """LOG-15: with arguments the message is the %-formatted text."""
    logger.info("%s", '{"a":1}')
    logger.info("%(count)d items", {"count": 3})
    assert output.messages == ['{"a":1}', "3 items"]


def test_deserializer_reads_messages(make, output):
    """LOG-15: json_deserializer decides what a text message becomes; failing, or giving nothing, it changes nothing."""

    def deserialize(text):
        return {"shout": text.upper(), "fail": 1 / 0 if text == "fail" else 0} if text != "nothing" else None

    logger = make(json_deserializer=deserialize)
    for message in ("hi", "fail", "nothing"):
        logger.info(message)
    assert output.messages == [{"shout": "HI", "fail": 0}, "fail", "nothing"]


def test_message_is_the_statements_own(make, output):
    """LOG-16: neither constructor, appended nor statement keys replace the message, and None omits it."""
    logger = make(message="constructor")
    logger.append_keys(message="appended")
    logger.info("own", extra=dict.fromkeys(["message"], "extra"))
    logger.info("own", message="keyword")
    logger.info(None)
    assert output.messages == ["own", "own", None]
    assert "message" not in output.last


def test_extra_and_keywords_are_merged(logger, output):
    """LOG-17: both become keys of this record only, and keywords win."""
    logger.info("x", extra={"a": 1, "b": 1}, b=2, c=3)
    logger.info("y")
    first, second = output.records
    assert (first["a"], first["b"], first["c"]) == (1, 2, 3)
    assert not {"a", "b", "c"} & second.keys()


def test_filters_read_and_change_the_keys_of_a_statement(logger, output):
    """LOG-17, T-14: keys are attributes of the record, and what a filter leaves there is written."""

    def hide(record):
        record.card = record.card[-4:]
        record.added = True
        del record.dropped
        return True

    logger.addFilter(hide)
    logger.info("x", card="4111111111111111", dropped=1)
    assert (output.last["card"], output.last["added"], "dropped" in output.last) == ("1111", True, False)
    logger.removeFilter(hide)
    logger.info("x", card="4111111111111111")
    assert output.last["card"] == "4111111111111111"


def test_filter_that_removes_a_standard_attribute_loses_no_key(logger, output):
    """LOG-17: keys are told from attributes by name, not by their number."""

    def forget_process(record):
        del record.process
        return True

    logger.addFilter(forget_process)
    logger.info("x", first=1, second=2)
    assert (output.last["first"], output.last["second"]) == (1, 2)


@pytest.mark.parametrize("key", ["level", "location", "timestamp"])
def test_statement_cannot_replace_what_is_configured(logger, output, key):
    """LOG-18: level, location and timestamp of a statement are ignored."""
    logger.info("x", extra={key: "mine"})
    assert output.last[key] != "mine"


@pytest.mark.parametrize("key", ["name", "args", "module", "process", "levelname", "created", "asctime", "threadName"])
def test_key_named_like_a_record_attribute_is_written(logger, output, key):
    """LOG-18: such a key neither raises nor disturbs the record."""
    logger.info("hi %s", "you", extra={key: "mine", "other": 1})
    assert (output.last[key], output.last["other"], output.last["message"]) == ("mine", 1, "hi you")
    assert output.last["level"] == "INFO"


def test_closer_key_wins(make, output):
    """LOG-19: statement, thread, appended, constructor: the closer to the statement, the stronger."""
    logger = make(a="constructor", b="constructor", c="constructor", d="constructor")
    logger.append_keys(b="appended", c="appended", d="appended")
    logger.thread_safe_append_keys(c="thread", d="thread")
    logger.info("x", d="statement")
    assert [output.last[key] for key in "abcd"] == ["constructor", "appended", "thread", "statement"]


def test_statement_can_replace_the_service(logger, output):
    """LOG-19: the service is a key like others."""
    logger.info("x", service="other")
    assert output.last["service"] == "other"


def test_location_is_the_line_of_the_statement(logger, output):
    """LOG-20: function and line of the caller."""
    logger.info("x")
    expected = f"test_location_is_the_line_of_the_statement:{line_of(test_location_is_the_line_of_the_statement) + 2}"
    assert output.last["location"] == expected


def test_stacklevel_leads_to_the_callers_caller(logger, output):
    """LOG-20: 2 is the caller of the statement, 3 its caller, and beyond the outermost there is nothing."""

    def helper(level):
        logger.info("x", stacklevel=level)

    helper(2)
    helper(3)
    helper(10_000)
    locations = [record["location"].split(":")[0] for record in output.records]
    assert locations[:2] == ["helper", "test_stacklevel_leads_to_the_callers_caller"]
    assert locations[2] not in {"", "helper"}


@pytest.mark.parametrize(
    "statement",
    [
        lambda log: log.debug("x"),
        lambda log: log.info("x"),
        lambda log: log.warning("x"),
        lambda log: log.error("x"),
        lambda log: log.critical("x"),
        lambda log: log.fatal("x"),
        lambda log: log.exception("x"),  # noqa: LOG004  # its location is what matters
        lambda log: log.log(logging.INFO, "x"),
    ],
)
@pytest.mark.parametrize("child", [False, True], ids=["parent", "child"])
def test_every_statement_has_its_own_location(make, output, service, statement, child):
    """LOG-20, LOG-22: no statement shows a frame of the package as its location."""
    logger = make(level="DEBUG")
    statement(Logger(service=service, child=True, level="DEBUG") if child else logger)
    assert output.last["location"] == f"<lambda>:{line_of(statement)}"


def test_stack_info_is_written(logger, output):
    """LOG-21: stack_info=True adds the stack, down to the statement."""
    logger.info("x", stack_info=True)
    assert output.last["stack_info"].startswith("Stack (most recent call last):\n")
    assert output.last["stack_info"].endswith('logger.info("x", stack_info=True)')


def test_log_takes_keys_and_any_level(make, output):
    """LOG-22: log() has the arguments of the named statements."""
    logger = make(level=25)
    logger.log(25, "between %s", "levels", key=1)
    logger.log(24, "too low")
    assert output.messages == ["between levels"]
    assert (output.last["level"], output.last["key"]) == ("Level 25", 1)


def test_warn_warns_and_logs_a_warning(logger, output):
    """LOG-22: warn is warning, with logging's DeprecationWarning."""
    with pytest.warns(DeprecationWarning, match="warning"):
        logger.warn("x", key=1)  # noqa: G010  # that is the case
    assert (output.last["level"], output.last["key"]) == ("WARNING", 1)


def test_trace_id_is_the_root_of_the_header(logger, output, monkeypatch):
    """LOG-55: it is read for each record, and absent without a trace."""
    logger.info("untraced")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", TRACE)
    logger.info("traced", xray_trace_id="mine")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-2-3")
    logger.info("next")
    assert [record.get("xray_trace_id") for record in output.records] == [
        None,
        "1-5759e988-bd862e3fe1be46a994272793",
        "1-2-3",
    ]


def test_trace_id_can_be_switched_off_later(logger, output, monkeypatch):
    """LOG-55: appending None disables it."""
    monkeypatch.setenv("_X_AMZN_TRACE_ID", TRACE)
    logger.append_keys(xray_trace_id=None)
    logger.info("x")
    assert "xray_trace_id" not in output.last


def test_records_of_the_standard_library_are_formatted_alike(logger, output, service):
    """A record that logging itself has made for the wrapped logger has all keys, extra included."""
    logger.append_keys(tenant="t")
    logging.getLogger(service).warning("plain %s", "logging", extra={"a": 1})
    record = output.last
    assert (record["message"], record["a"], record["tenant"]) == ("plain logging", 1, "t")


def test_record_has_the_attributes_that_logging_gives(logger):
    """A filter finds every attribute that a record of the standard library has, with values of the same types."""
    seen = []
    logger.addFilter(lambda record: seen.append(record) or True)
    logger.info("x")
    logging.getLogger(logger.name).info("x")
    ours, theirs = seen
    assert isinstance(ours, logging.LogRecord)
    assert list(ours.__dict__) == list(theirs.__dict__)
    assert {name: type(value) for name, value in ours.__dict__.items()} == {
        name: type(value) for name, value in theirs.__dict__.items()
    }
    for name in ("pathname", "filename", "module", "funcName", "thread", "threadName", "process", "processName"):
        assert getattr(ours, name) == getattr(theirs, name)
    assert abs(ours.relativeCreated - theirs.relativeCreated) < 10_000


def test_record_factory_of_the_application_is_used(logger, output):
    """What a factory set with logging.setLogRecordFactory adds to the records is written."""
    original = logging.getLogRecordFactory()

    def factory(*args, **kwargs):
        record = original(*args, **kwargs)
        record.span = "span-1"
        return record

    logging.setLogRecordFactory(factory)
    try:
        logger.info("x", name="bob", key=1)
    finally:
        logging.setLogRecordFactory(original)
    assert (output.last["span"], output.last["name"], output.last["key"]) == ("span-1", "bob", 1)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="records know their task from Python 3.12 on")
def test_record_knows_its_task(logger):
    """The attribute taskName is the name of the running task, as logging has it."""
    import asyncio

    seen = []
    logger.addFilter(lambda record: seen.append(record.taskName) or True)

    async def main():
        logger.info("x")

    async def run():
        await asyncio.create_task(main(), name="worker")

    asyncio.run(run())
    assert seen == ["worker"]


def test_other_formatters_see_an_ordinary_record(logger):
    """A handler of the application formats our records with its own formatter, keys included."""
    lines = []

    class Collect(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Collect()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(module)s %(key)s %(message)s"))
    logger.addHandler(handler)
    logger.info("hi %s", "you", key=1)
    assert lines == [f"INFO {logger.name} test_record 1 hi you"]


def test_formatter_works_without_a_logger():
    """The formatter is one for any handler of logging."""
    record = logging.makeLogRecord({"levelname": "INFO", "msg": "x", "amount": 42, "funcName": "f", "lineno": 3})
    line = LambdaPowertoolsFormatter(service="orders", timestamp=None).format(record)
    assert json.loads(line) == {
        "level": "INFO",
        "location": "f:3",
        "message": "x",
        "service": "orders",
        "amount": 42,
    }
