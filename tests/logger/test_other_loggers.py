import io
import logging

import pytest

from lambda_powertools.core.package_logger import PACKAGE
from lambda_powertools.logger import Logger, LoggerBufferConfig, set_package_logger
from lambda_powertools.logger.utils import copy_config_to_registered_loggers


@pytest.fixture
def library(request):
    """Make a top-level logger that no other test knows."""
    made = []

    def make_library(name=""):
        logger = logging.getLogger(f"library_{request.node.name.replace('.', '_')}{name}")
        logger.handlers, logger.propagate = [logging.StreamHandler(io.StringIO())], True
        made.append(logger)
        return logger

    yield make_library
    for logger in made:
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)


@pytest.fixture
def package_logger():
    logger = logging.getLogger(PACKAGE)
    before = list(logger.handlers), logger.level, logger.propagate
    logger.handlers = []
    yield logger
    logger.handlers, logger.level, logger.propagate = before


def test_registered_loggers_write_through_the_source(make, output, library):
    """LOG-105, LOG-106: handlers replaced, no propagation, the source's level, and the logger's name in each record."""
    logger, other = make(level="WARNING"), library()
    copy_config_to_registered_loggers(logger, include={other.name})
    other.info("too low")
    other.warning("hello %s", "you", extra={"a": 1})
    logger.warning("own")
    foreign, own = output.records
    assert (foreign["message"], foreign["a"], foreign["name"]) == ("hello you", 1, other.name)
    assert own["name"] == logger.service
    assert other.handlers == logger.handlers
    assert other.propagate is False
    assert other.level == logging.WARNING


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, logging.INFO),
        ({"log_level": "debug"}, logging.DEBUG),
        ({"log_level": 35}, 35),
        ({"ignore_log_level": True}, 5),
    ],
    ids=str,
)
def test_level_is_copied_given_or_left_alone(make, library, options, expected):
    """LOG-105: the source's level, log_level, or untouched."""
    other = library()
    other.setLevel(5)
    copy_config_to_registered_loggers(make(), include={other.name}, **options)
    assert other.level == expected


def test_include_and_exclude(make, library):
    """LOG-105: exclude wins over include, unknown names are ignored, and the caller's sets stay as they are."""
    first, second, third = library("1"), library("2"), library("3")
    include, exclude = {first.name, second.name, "unknown"}, {second.name, "unknown too"}
    logger = make()
    copy_config_to_registered_loggers(logger, include=include, exclude=exclude)
    assert [other.handlers == logger.handlers for other in (first, second, third)] == [True, False, False]
    assert (include, exclude) == ({first.name, second.name, "unknown"}, {second.name, "unknown too"})


def test_some_loggers_are_never_touched(make, library):
    """LOG-105: the source itself, the package logger, dotted names and root keep what they have."""
    logger, other = make(), library()
    below = logging.getLogger(f"{other.name}.below")
    before = {
        each: (list(each.handlers), each.propagate, each.level)
        for each in (logging.getLogger(logger.service), logging.getLogger(PACKAGE), below, logging.getLogger())
    }
    everything = {name for name in logging.Logger.manager.loggerDict if "." not in name}
    copy_config_to_registered_loggers(logger, exclude=everything - {other.name, logger.service, PACKAGE})
    assert other.handlers == logger.handlers
    for each, state in before.items():
        assert (list(each.handlers), each.propagate, each.level) == state


def test_unknown_level_is_an_error(make):
    """LOG-E3: the message names the level."""
    with pytest.raises(ValueError, match="Unknown level: 'LOUD'"):
        copy_config_to_registered_loggers(make(), log_level="LOUD", include={"none"})


def test_other_loggers_can_join_the_buffer(make, output, library, context):
    """LOG-107: up to the verbosity they are buffered, with their own name, location and order; above it they go out."""
    logger, other = make(buffer_config=LoggerBufferConfig()), library()
    copy_config_to_registered_loggers(logger, log_level="DEBUG", include={other.name}, include_buffering=True)

    @logger.inject_lambda_context
    def handler(event, context):
        other.debug("foreign debug")
        logger.debug("own debug")
        other.info("foreign info")
        logger.error("own error")

    handler({}, context)
    assert output.messages == ["foreign info", "foreign debug", "own debug", "own error"]
    foreign = output.records[1]
    assert foreign["name"] == other.name
    assert foreign["location"].startswith("handler:")
    assert foreign["function_request_id"] == "request-1"
    assert "_lambda_powertools_aside" not in foreign


def test_include_buffering_without_a_buffer_has_no_effect(make, output, library):
    """LOG-107: without a buffer the handlers are copied as they are."""
    logger, other = make(), library()
    copy_config_to_registered_loggers(logger, include={other.name}, include_buffering=True)
    assert other.handlers == logger.handlers


def test_package_logger_is_silent_by_default(package_logger, capsys):
    """LOG-110: nothing is written until it is asked for."""
    from lambda_powertools.core.package_logger import get_logger

    get_logger(f"{PACKAGE}.logger").warning("x")
    assert capsys.readouterr() == ("", "")


def test_package_logger_writes_once_however_often_it_is_asked(package_logger):
    """LOG-110: set_package_logger() writes to a stream in the documented form, and twice is not double."""
    stream = io.StringIO()
    for _ in range(2):
        set_package_logger(stream=stream)
    logging.getLogger(f"{PACKAGE}.logger").debug("hello")
    assert stream.getvalue().endswith(f" {PACKAGE}.logger [DEBUG] hello\n")
    assert stream.getvalue().count("hello") == 1


def test_package_logger_takes_level_and_formatter(package_logger):
    """LOG-110: level by name or number, and a formatter of one's own."""
    stream = io.StringIO()
    set_package_logger("info", stream, logging.Formatter("<%(message)s>"))
    logging.getLogger(PACKAGE).debug("no")
    logging.getLogger(PACKAGE).info("yes")
    assert stream.getvalue() == "<yes>\n"


def test_source_may_be_a_child(make, output, service, library):
    """LOG-105: the handlers are those of the service."""
    make()
    other = library()
    copy_config_to_registered_loggers(Logger(service=service, child=True), include={other.name})
    other.info("x")
    assert output.messages == ["x"]
