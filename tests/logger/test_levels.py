import logging
import warnings

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.logger import Logger, LoggerBufferConfig
from lambda_powertools.logger.exceptions import InvalidLoggerSamplingRateError


@pytest.mark.parametrize(
    ("explicit", "powertools", "legacy", "expected"),
    [
        (None, None, None, logging.INFO),
        (None, None, "debug", logging.DEBUG),
        (None, "Error", "debug", logging.ERROR),
        ("warning", "ERROR", "DEBUG", logging.WARNING),
        (logging.CRITICAL, "ERROR", None, logging.CRITICAL),
        (25, None, None, 25),
        ("WARN", None, None, logging.WARNING),
        (None, "", "", logging.INFO),
    ],
)
def test_level_is_resolved(make, monkeypatch, explicit, powertools, legacy, expected):
    """LOG-78: parameter, POWERTOOLS_LOG_LEVEL, LOG_LEVEL, INFO; names in any case, any integer."""
    for name, value in (("POWERTOOLS_LOG_LEVEL", powertools), ("LOG_LEVEL", legacy)):
        if value is not None:
            monkeypatch.setenv(name, value)
    assert make(level=explicit).log_level == expected


@pytest.mark.parametrize("level", ["LOUD", "50", " info"])
@pytest.mark.parametrize("source", ["parameter", "environment", "setLevel"])
def test_unknown_level_is_an_error(make, monkeypatch, level, source):
    """LOG-78, LOG-E3: the message names the value, where it came from and what is allowed."""
    place = {"environment": "environment variable POWERTOOLS_LOG_LEVEL"}.get(source, "level")
    if source == "environment":
        monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", level)
    logger = make() if source == "setLevel" else None
    with pytest.raises(ValueError, match=f"Unknown level: '{level}'. {place} takes DEBUG, INFO"):
        make(level=level if source == "parameter" else None) if logger is None else logger.setLevel(level)


@pytest.mark.parametrize(
    ("lambda_level", "explicit", "expected"),
    [
        ("ERROR", "ERROR", logging.ERROR),
        ("INFO", "ERROR", logging.INFO),
        ("WARN", None, logging.WARNING),
        ("FATAL", None, logging.CRITICAL),
        ("DEBUG", "info", logging.DEBUG),
        ("error", "INFO", logging.INFO),
        ("VERBOSE", "INFO", logging.INFO),
    ],
)
def test_level_of_lambda_wins(make, monkeypatch, lambda_level, explicit, expected):
    """LOG-78: Advanced Logging Controls win; values they do not have are ignored."""
    monkeypatch.setenv("AWS_LAMBDA_LOG_LEVEL", lambda_level)
    assert make(level=explicit).log_level == expected


def test_trace_lets_everything_through(make, output, monkeypatch):
    """T-5: TRACE does not hand the decision to the root logger."""
    monkeypatch.setenv("AWS_LAMBDA_LOG_LEVEL", "TRACE")
    logger = make()
    logger.debug("x")
    logger.log(3, "y")
    assert output.messages == ["x", "y"]


@pytest.mark.parametrize("level", ["info", "INFO", 20, 25])
def test_stricter_level_of_lambda_warns_once(make, monkeypatch, level):
    """LOG-79, T-4: one warning names both levels, for lower-case names and other numbers, too."""
    monkeypatch.setenv("AWS_LAMBDA_LOG_LEVEL", "ERROR")
    with pytest.warns(UserWarning, match=r"\((INFO|Level 25)\).*\(ERROR\)") as caught:
        logger = make(level=level)
    assert len(caught) == 1
    assert logger.log_level == logging.ERROR
    with pytest.warns(PowertoolsUserWarning) as caught:
        logger.setLevel("DEBUG")
    assert len(caught) == 1
    assert logger.log_level == logging.ERROR


def test_stricter_level_of_the_environment_warns(make, monkeypatch):
    """LOG-79: a level asked for by the environment is one asked for."""
    monkeypatch.setenv("AWS_LAMBDA_LOG_LEVEL", "ERROR")
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "DEBUG")
    with pytest.warns(UserWarning, match="DEBUG"):
        make()


def test_stricter_level_of_lambda_warns_of_a_useless_buffer(make, monkeypatch):
    """LOG-79: at construction and at flush, once each."""
    monkeypatch.setenv("AWS_LAMBDA_LOG_LEVEL", "INFO")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-2-3")
    with pytest.warns(PowertoolsUserWarning, match="INFO.*DEBUG") as caught:
        logger = make(buffer_config=LoggerBufferConfig())
    assert len(caught) == 1
    logger.debug("x")
    with pytest.warns(PowertoolsUserWarning, match="INFO.*DEBUG") as caught:
        logger.flush_buffer()
    assert len(caught) == 1


def test_set_level_none_returns_to_the_environment(make, monkeypatch):
    """LOG-78: setLevel(None) resolves the level as the constructor does."""
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "ERROR")
    logger = make(level="DEBUG")
    logger.setLevel(None)
    assert logger.log_level == logging.ERROR


@pytest.mark.parametrize(("level", "expected"), [("debug", "DEBUG"), (None, "INFO"), (25, 25)])
def test_initial_level_can_be_set_again(make, level, expected):
    """initial_log_level is the name, or the number of a level without one, and setLevel takes it."""
    logger = make(level=level)
    assert logger.initial_log_level == expected
    logger.setLevel(logger.initial_log_level)


def test_disabled_statement_costs_no_formatting(make):
    """LOG-83: neither message nor keys are looked at."""

    class Untouchable:
        def __getattribute__(self, name):
            raise AssertionError(name)

    make(level="ERROR").info(Untouchable(), extra=Untouchable(), key=Untouchable())


@pytest.mark.parametrize(("rate", "expected"), [(1, logging.DEBUG), (1.0, logging.DEBUG), (0, logging.INFO)])
def test_sampling_decides_at_construction(make, output, rate, expected):
    """LOG-80: with a rate of 1 all is logged, with 0 nothing more; the rate is logged as it was given."""
    logger = make(sampling_rate=rate)
    logger.error("x")
    assert logger.log_level == expected
    assert output.last["sampling_rate"] == rate == logger.sampling_rate


def test_rate_of_the_environment_stays_a_text(make, output, monkeypatch):
    """LOG-80: the environment's rate is used, and logged as the text that it is; a parameter wins over it."""
    monkeypatch.setenv("POWERTOOLS_LOGGER_SAMPLE_RATE", "1")
    logger = make()
    logger.debug("x")
    assert output.last["sampling_rate"] == "1"


def test_parameter_wins_over_the_rate_of_the_environment(make, monkeypatch):
    """LOG-80: an explicit 0 switches sampling off."""
    monkeypatch.setenv("POWERTOOLS_LOGGER_SAMPLE_RATE", "1")
    assert make(sampling_rate=0).log_level == logging.INFO


@pytest.mark.parametrize("rate", ["often", 1.1, -0.1, "2", float("nan"), [1]], ids=repr)
def test_wrong_rate_is_an_error(make, rate):
    """LOG-80, LOG-E1: the message names the value and both places to set it."""
    with pytest.raises(InvalidLoggerSamplingRateError, match=r"Logger\(sampling_rate=.*POWERTOOLS_LOGGER_SAMPLE_RATE"):
        make(sampling_rate=rate)


def test_rate_is_about_the_share_that_is_sampled(make):
    """LOG-80: a quarter of the decisions, within what chance allows."""
    logger = make(sampling_rate=0.25)
    sampled = 0
    for _ in range(4000):
        logger.refresh_sample_rate_calculation()
        sampled += logger.log_level == logging.DEBUG
    assert 800 < sampled < 1200


def test_children_do_not_sample(make, service):
    """LOG-81: a child keeps its level whatever the rate."""
    make(sampling_rate=0)
    assert Logger(service=service, child=True, sampling_rate=1).log_level == logging.INFO


def test_warm_invocations_roll_again_from_the_base_level(make, contexts):
    """LOG-82: an explicit setLevel is the base, whichever instance decorates, and each warm invocation decides."""
    logger = make(sampling_rate=1)
    logger.setLevel("ERROR")
    levels = []

    @make().inject_lambda_context
    def handler(event, context):
        levels.append(logger.log_level)

    handler({}, contexts("cold"))
    handler({}, contexts("warm"))
    logger._service.rate = 1e-18
    handler({}, contexts("warm"))
    assert levels == [logging.ERROR, logging.DEBUG, logging.ERROR]


def test_refresh_without_a_rate_changes_nothing(make):
    """LOG-82: there is nothing to decide."""
    logger = make(level="ERROR")
    logging.getLogger(logger.name).setLevel("DEBUG")
    logger.refresh_sample_rate_calculation()
    assert logger.log_level == logging.DEBUG


def test_construction_alone_warns_of_nothing(make):
    """A logger without wrong settings is silent."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make(level="INFO", buffer_config=LoggerBufferConfig())
