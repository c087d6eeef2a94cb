import json
import sys

import pytest


class PaymentError(Exception):
    pass


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no")


class Slotted(Exception):
    __slots__ = ()


def fail(error):
    raise error


def log_failure(logger, error, **options):
    try:
        fail(error)
    except type(error):
        logger.exception("failed", **options)


def test_exception_is_text_name_and_data(logger, output):
    """LOG-40, LOG-41: the traceback as text, the class name, and the frames as data, outermost first."""
    log_failure(logger, PaymentError("declined"))
    record = output.last
    assert (record["level"], record["exception_name"]) == ("ERROR", "PaymentError")
    assert record["exception"].startswith("Traceback (most recent call last):\n")
    assert record["exception"].endswith("PaymentError: declined")
    trace = record["stack_trace"]
    assert (trace["type"], trace["value"], trace["module"]) == ("PaymentError", "declined", PaymentError.__module__)
    assert [frame["function"] for frame in trace["frames"]] == ["log_failure", "fail"]
    assert trace["frames"][1] == {
        "file": __file__,
        "line": fail.__code__.co_firstlineno + 1,
        "function": "fail",
        "statement": "raise error",
    }


def test_chain_is_in_the_text_and_not_in_the_frames(logger, output):
    """LOG-40, LOG-41: causes appear in the text alone."""
    try:
        try:
            fail(KeyError("cause"))
        except KeyError as cause:
            raise PaymentError("effect") from cause
    except PaymentError:
        logger.exception("x")
    assert "direct cause" in output.last["exception"]
    assert [frame["function"] for frame in output.last["stack_trace"]["frames"]] == [
        "test_chain_is_in_the_text_and_not_in_the_frames"
    ]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exceptions have notes from Python 3.11 on")
def test_notes_are_listed(logger, output):
    """LOG-40, T-15: notes are in the text and in a list, those that are no text included."""
    error = PaymentError("x")
    error.add_note("order o-1")
    error.__notes__.append(42)
    log_failure(logger, error)
    assert output.last["exception_notes"] == ["order o-1", "42"]
    assert "order o-1" in output.last["exception"]


def test_exception_outside_of_a_handler_adds_nothing(logger, output):
    """LOG-40: logger.exception without an exception being handled is an error without exception keys."""
    logger.exception("x")  # noqa: LOG004  # that is the case
    assert not {"exception", "exception_name", "stack_trace"} & output.last.keys()
    assert output.last["level"] == "ERROR"


@pytest.mark.parametrize("form", ["true", "instance", "tuple"])
def test_exc_info_takes_three_forms(logger, output, form):
    """LOG-21: True, an exception, or what sys.exc_info() returns."""
    try:
        fail(PaymentError("x"))
    except PaymentError as error:
        logger.info("x", exc_info={"true": True, "instance": error, "tuple": sys.exc_info()}[form])
    assert output.last["exception_name"] == "PaymentError"
    assert len(output.last["stack_trace"]["frames"]) == 2


def test_exception_never_raised_has_no_frames(logger, output):
    """LOG-41: it has a text and an empty list of frames."""
    logger.info("x", exc_info=PaymentError("never"))
    assert output.last["stack_trace"]["frames"] == []
    assert output.last["exception"].endswith("PaymentError: never")


def test_stack_trace_can_be_left_out(make, output):
    """LOG-41: serialize_stacktrace=False leaves the text and the name."""
    log_failure(make(serialize_stacktrace=False), PaymentError("x"))
    assert "stack_trace" not in output.last
    assert output.last["exception_name"] == "PaymentError"


def test_value_of_the_stack_trace_goes_through_json_default(make, output):
    """LOG-41: json_default decides how the exception itself is written."""
    log_failure(make(json_default=lambda value: {"custom": str(value)}), PaymentError("x"))
    assert output.last["stack_trace"]["value"] == {"custom": "x"}


def test_strict_serializer_gets_the_exception_as_text(make, output):
    """LOG-41: with a custom serializer the value is a text already."""
    log_failure(make(json_serializer=json.dumps), PaymentError("declined"))
    assert output.last["stack_trace"]["value"] == "declined"


@pytest.mark.parametrize("key", ["exception", "exception_name", "exception_notes", "stack_trace"])
@pytest.mark.parametrize("given", ["statement", "persistent"])
def test_what_the_user_gives_wins(logger, output, key, given):
    """LOG-42: exception keys of the user replace the extracted ones."""
    if given == "persistent":
        logger.append_keys(**{key: "mine"})
        log_failure(logger, PaymentError("x"))
    else:
        log_failure(logger, PaymentError("x"), extra={key: "mine"})
    assert output.last[key] == "mine"


@pytest.mark.parametrize("error", [Unprintable(), Slotted("x"), KeyboardInterrupt(), SystemExit(3)], ids=repr)
def test_odd_exceptions_give_a_line(logger, output, error):
    """T-15: an exception whose text cannot be had, or that is no Exception, is written all the same."""
    log_failure(logger, error)
    assert output.last["exception_name"] == type(error).__name__
    assert output.last["message"] == "failed"


def test_huge_chain_gives_a_line(logger, output):
    """T-15: a thousand causes do not lose the line."""
    error = PaymentError("0")
    for number in range(1000):
        effect = PaymentError(str(number))
        effect.__cause__ = error
        error = effect
    log_failure(logger, error)
    assert output.last["exception_name"] == "PaymentError"


def test_exception_that_is_its_own_cause_gives_a_line(logger, output):
    """T-15: neither does a circle of causes."""
    error = PaymentError("x")
    error.__cause__ = error
    log_failure(logger, error)
    assert output.last["stack_trace"]["value"] == "x"
