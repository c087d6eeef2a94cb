import json
import logging
import math
import threading
from datetime import datetime, timezone
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.logger import Logger
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter


class Hostile:
    """Raises whatever it is asked."""

    def __str__(self):
        raise RuntimeError("no")

    __repr__ = __str__


class Unprintable(Hostile):
    def __repr__(self):
        return "Unprintable()"  # for hypothesis


class HostileText(str):
    __slots__ = ()

    def __str__(self):
        raise RuntimeError("no")


class HostileDict(dict):
    def items(self):
        raise RuntimeError("no")


class Colour(Enum):
    RED = 1


def circular_list():
    value = [1]
    value.append(value)
    return value


def circular_dict():
    value = {"a": 1}
    value["self"] = value
    return value


def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def test_output_is_compact_and_not_escaped(logger, output):
    """LOG-30: compact separators, and characters beyond ASCII as they are."""
    logger.info("Zürich", items=[1, 2])
    assert '"message":"Zürich"' in output.lines[0]
    assert '"items":[1,2]' in output.lines[0]


def test_dev_mode_indents_and_says_so(make, output, monkeypatch):
    """LOG-30: POWERTOOLS_DEV indents by four and warns once, when the formatter is made."""
    monkeypatch.setenv("POWERTOOLS_DEV", "true")
    with pytest.warns(PowertoolsUserWarning, match="POWERTOOLS_DEV") as caught:
        logger = make()
    monkeypatch.delenv("POWERTOOLS_DEV")
    logger.info("x", bad=math.nan)
    assert output.getvalue().startswith('{\n    "level": "INFO",\n')
    assert json.loads(output.getvalue())["bad"] == "nan"
    assert len(caught) == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("9.90"), "9.90"),
        (datetime(2024, 5, 3, 11, 47, tzinfo=timezone.utc), "2024-05-03 11:47:00+00:00"),
        (b"x", "b'x'"),
        ({7}, "{7}"),
        (Colour.RED, "Colour.RED"),
        ((1, 2), [1, 2]),
        ({1: "a"}, {"1": "a"}),
    ],
    ids=repr,
)
def test_other_types_become_their_text(logger, output, value, expected):
    """LOG-31, T-13: str() is the form of what JSON does not know, nested or not."""
    logger.info("x", value=value, nested={"deep": [value]})
    assert output.last["value"] == expected
    assert output.last["nested"] == {"deep": [expected]}


def test_json_default_replaces_str(make, output):
    """LOG-31: it is asked for values of the top level and nested ones."""
    make(json_default=lambda value: f"<{type(value).__name__}>").info("x", a=Decimal(1), b=[Decimal(2)])
    assert (output.last["a"], output.last["b"]) == ("<Decimal>", ["<Decimal>"])


def test_custom_serializer_writes_the_record(make, output):
    """LOG-31, LOG-32: the serializer gets the record, may return bytes, and json_default is not used with it."""

    def serialize(log):
        return json.dumps({**log, "seen": True}, default=str).encode()

    make(json_serializer=serialize, json_default=lambda _: 1 / 0).info("Zürich", price=Decimal(1))
    assert (output.last["seen"], output.last["price"], output.last["message"]) == (True, "1", "Zürich")


def test_custom_serializer_that_fails_costs_no_line(make, output):
    """LOG-33: a strict serializer gets a simpler record, and one that always fails is done without."""

    def strict(log):
        return json.dumps(log)

    make(json_serializer=strict).info("x", price=Decimal(1), ok=2)
    assert (output.last["price"], output.last["ok"]) == ("1", 2)


def test_serializer_that_always_fails_is_done_without(make, output):
    """LOG-33: the record is written all the same."""
    make(json_serializer=lambda _: 1 / 0).info("x", a=1)
    assert (output.last["message"], output.last["a"]) == ("x", 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({(1, 2): "a"}, {"(1, 2)": "a"}),
        ({None: 1, True: 2, 1.5: 3}, {"null": 1, "true": 2, "1.5": 3}),
        (circular_list(), [1, "<circular list>"]),
        (circular_dict(), {"a": 1, "self": "<circular dict>"}),
        (math.nan, "nan"),
        ([math.inf, -math.inf], ["inf", "-inf"]),
        (Hostile(), "<unserializable Hostile>"),
        ({"a": Hostile(), "b": 1}, {"a": "<unserializable Hostile>", "b": 1}),
        ({Hostile(): 1}, {"<unserializable Hostile>": 1}),
        ("\ud800", "\\ud800"),
        ({"\ud800": 1}, {"\\ud800": 1}),
        (HostileText("text"), "text"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_value_that_cannot_be_written_is_degraded_alone(logger, output, value, expected):
    """LOG-33: only the part that JSON cannot hold changes; the statement is written."""
    logging.getLogger(logger.name).propagate = False  # pytest's report cannot show lone surrogates
    logger.info("x", value=value, other=1)
    logger.info(value)
    first, second = output.records
    assert (first["value"], first["other"]) == (expected, 1)
    assert second["message"] == expected


@pytest.mark.parametrize("value", [deep(), HostileDict(a=1), 10**5000], ids=["deep", "items", "huge int"])
def test_line_is_written_whatever_the_value(logger, output, value):
    """LOG-33: nesting without end, a dict that raises and an int without a decimal text leave the statement intact."""
    logger.info("x", value=value)
    assert output.last["message"] == "x"
    assert "value" in output.last


def test_default_that_raises_is_not_fatal(make, output):
    """LOG-33: json_default may raise; the value becomes its text."""
    make(json_default=lambda _: 1 / 0).info("x", price=Decimal("1.5"))
    assert output.last["price"] == "1.5"


def test_mutable_key_is_written_as_it_is_at_the_time(make, output):
    """A list among the keys that changes between two statements is written as it is at each."""
    items = [1]
    logger = make(items=items)
    logger.info("x")
    items.append(2)
    logger.info("y")
    assert [record["items"] for record in output.records] == [[1], [1, 2]]


def test_percent_signs_and_quotes_in_keys_are_literal(make, output):
    """Names and values of persistent keys are text, not formats."""
    logger = make(**{'1"%s': '%(message)s "'})
    logger.info("x", **{'2"%s': "%d"})
    assert (output.last['1"%s'], output.last['2"%s']) == ('%(message)s "', "%d")


def test_serialize_can_be_overridden(service, output):
    """The documented override point receives the finished record."""

    class Shouting(LambdaPowertoolsFormatter):
        def serialize(self, log):
            return super().serialize({key.upper(): value for key, value in log.items()})

    Logger(service=service, stream=output, logger_formatter=Shouting()).info("x", key=1)
    assert (output.last["MESSAGE"], output.last["KEY"]) == ("x", 1)


def test_serializer_can_be_replaced_later(logger, output):
    """Assigning json_serializer takes effect at once."""
    logger.info("x")
    logger.registered_formatter.json_serializer = lambda log: json.dumps({"only": log["message"]})
    logger.info("y")
    assert output.last == {"only": "y"}


def test_lines_of_threads_never_interleave(service):
    """LOG-34: each record reaches the stream in one write, with its newline."""
    writes = []

    class Stream:
        def write(self, text):
            writes.append(text)

        def flush(self):
            pass

    logger = Logger(service=service, stream=Stream())
    threads = [threading.Thread(target=lambda: [logger.info("x", n=n) for n in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(writes) == 400
    assert all(write.endswith("}\n") and write.count("\n") == 1 for write in writes)


def test_stream_that_fails_does_not_reach_the_caller(service, capsys):
    """Logging never raises: logging.raiseExceptions decides what is shown on stderr."""

    class Broken:
        def write(self, text):
            raise OSError("gone")

        def flush(self):
            pass

    Logger(service=service, stream=Broken()).info("x")
    assert "gone" in capsys.readouterr().err


def test_wrong_number_of_arguments_does_not_reach_the_caller(logger, output, capsys):
    """As with logging, a message that does not fit its arguments is reported on stderr."""
    logging.getLogger(logger.name).propagate = False  # pytest's own handler raises
    logger.info("%s and %s", 1)  # noqa: PLE1206  # that is the case
    assert "not enough arguments" in capsys.readouterr().err
    assert output.lines == []


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.characters(categories=["Cs"])  # lone surrogates, which no stream can encode
    | st.binary()
    | st.decimals()
    | st.datetimes()
    | st.complex_numbers()
    | st.builds(Unprintable)
    | st.builds(object),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner)
        | st.dictionaries(st.text() | st.integers() | st.none() | st.tuples(st.integers()), inner)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("redact", [None, True], ids=["plain", "redacted"])
@given(message=anything, keys=st.dictionaries(st.text(), anything), persistent=st.dictionaries(st.text(), anything))
@settings(max_examples=150, deadline=None)
def test_output_is_one_valid_json_line_whatever_the_values(redact, message, keys, persistent):
    """LOG-33, LOG-34: every statement gives exactly one line that is valid JSON and can be encoded."""
    formatter = LambdaPowertoolsFormatter(service="s", redact=redact)
    formatter.append_keys(**{f"key {name}": value for name, value in persistent.items()})
    lines = []
    logger = _bare_logger(f"hypothesis-{redact}", formatter, lines.append)
    logger.info(message, extra=keys)
    (line,) = lines
    assert line.endswith("\n")
    assert len(line.encode().splitlines()) == 1
    record = json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert record["level"] == "INFO"


def _bare_logger(service, formatter, write):
    class Stream:
        def flush(self):
            pass

    stream = Stream()
    stream.write = write
    logger = Logger(service=service, stream=stream, logger_formatter=formatter)
    logging.getLogger(logger.name).propagate = False  # pytest's report cannot show lone surrogates
    logger.registered_handler.setStream(stream)
    logger.registered_handler.setFormatter(formatter)
    return logger
