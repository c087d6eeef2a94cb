"""Settings: explicit value, then environment, then default; strictly parsed."""

from __future__ import annotations

import pytest

from lambda_powertools.core import PowertoolsError, Setting, Settings, SettingsError
from lambda_powertools.core.settings import boolean, names, seconds

# attribute: variable, default, a value in the environment and what becomes of it, a value that is refused
TABLE = {
    "service_name": ("POWERTOOLS_SERVICE_NAME", None, "orders", "orders", None),
    "metrics_namespace": ("POWERTOOLS_METRICS_NAMESPACE", None, "shop", "shop", None),
    "metrics_function_name": ("POWERTOOLS_METRICS_FUNCTION_NAME", None, "fn", "fn", None),
    "metrics_disabled": ("POWERTOOLS_METRICS_DISABLED", None, "false", False, "maybe"),
    "trace_disabled": ("POWERTOOLS_TRACE_DISABLED", False, "true", True, "maybe"),
    "tracer_capture_response": ("POWERTOOLS_TRACER_CAPTURE_RESPONSE", True, "0", False, "maybe"),
    "tracer_capture_error": ("POWERTOOLS_TRACER_CAPTURE_ERROR", True, "off", False, "2"),
    "trace_middlewares": ("POWERTOOLS_TRACE_MIDDLEWARES", False, "yes", True, "yess"),
    "logger_log_event": ("POWERTOOLS_LOGGER_LOG_EVENT", False, "ON", True, "enabled"),
    "logger_sample_rate": ("POWERTOOLS_LOGGER_SAMPLE_RATE", None, "0.50", "0.50", None),
    "log_level": ("POWERTOOLS_LOG_LEVEL", None, "DEBUG", "DEBUG", None),
    "log_deduplication_disabled": ("POWERTOOLS_LOG_DEDUPLICATION_DISABLED", False, "t", True, "none"),
    "parameters_max_age": ("POWERTOOLS_PARAMETERS_MAX_AGE", 300, "0", 0, "5.5"),
    "parameters_ssm_decrypt": ("POWERTOOLS_PARAMETERS_SSM_DECRYPT", False, "1", True, "-1"),
    "plugins": ("POWERTOOLS_PLUGINS", None, "a, b,,a", frozenset("ab"), None),
    "plugins_disabled": ("POWERTOOLS_PLUGINS_DISABLED", frozenset(), "a", frozenset("a"), None),
    "dev": ("POWERTOOLS_DEV", False, "True", True, "prod"),
    "debug": ("POWERTOOLS_DEBUG", False, "y", True, "verbose"),
}


def test_the_table_is_complete():
    """Every setting is tested."""
    assert sorted(TABLE) == sorted(name for name, value in vars(Settings).items() if isinstance(value, Setting))


@pytest.mark.parametrize("name", TABLE)
def test_explicit_wins_over_environment_wins_over_default(name, monkeypatch):
    """Each setting takes the explicit value, else the variable's, else its default; the empty text is not set."""
    variable, default, text, parsed, _ = TABLE[name]
    explicit = object()

    assert getattr(Settings(), name) == default
    monkeypatch.setenv(variable, "")
    assert getattr(Settings(), name) == default
    monkeypatch.setenv(variable, text)
    assert getattr(Settings(), name) == parsed
    assert getattr(Settings, name).resolve() == parsed
    assert getattr(Settings, name).resolve(explicit) is explicit
    assert getattr(Settings(explicit={variable: explicit}), name) is explicit
    assert getattr(Settings(environ={}), name) == default
    assert getattr(Settings(explicit={variable: None}), name) == parsed


@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name][4]])
def test_a_bad_value_is_an_error_that_names_it(name):
    """The message has the variable, the value and what is allowed."""
    variable, *_, bad = TABLE[name]

    with pytest.raises(SettingsError) as caught:
        getattr(Settings(environ={variable: bad}), name)

    assert str(caught.value).startswith(f"environment variable {variable} is {bad!r}: allowed ")
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, PowertoolsError)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("word", ["1", "y", "yes", "t", "true", "on", "TRUE", "Yes", " on "])
def test_words_for_true(word):
    """These words mean yes, in any case."""
    assert boolean(word) is True


@pytest.mark.parametrize("word", ["0", "n", "no", "f", "false", "off", "FALSE", "No", " off "])
def test_words_for_false(word):
    """These words mean no, in any case."""
    assert boolean(word) is False


@pytest.mark.parametrize("word", ["", " ", "2", "-1", "none", "null", "enabled", "truee", "1.0", "ja"])
def test_other_words_are_refused(word):
    """No other word is guessed at."""
    with pytest.raises(ValueError, match="1/y/yes/t/true/on and 0/n/no/f/false/off"):
        boolean(word)


@pytest.mark.parametrize(("text", "expected"), [("0", 0), ("5", 5), (" 60 ", 60), ("007", 7)])
def test_seconds(text, expected):
    """A whole number of seconds, 0 or more."""
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "-1", "1.5", "5s", "1e3", "²", "0x1", "1_000"])
def test_other_numbers_are_refused(text):
    """Fractions, signs, units and what only looks like a number are refused."""
    with pytest.raises(ValueError, match="whole number of seconds"):
        seconds(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("", set()), (",", set()), ("a", {"a"}), (" a , b ", {"a", "b"}), ("a,,a", {"a"})]
)
def test_names(text, expected):
    """Names are separated by commas; blanks around them do not count."""
    assert names(text) == expected


def test_a_package_may_define_a_setting_of_its_own(monkeypatch):
    """A Setting works alone, with a parser of one's own, whose ValueError becomes the error."""

    def percent(value):
        if not value.endswith("%"):
            raise ValueError("allowed is a percentage, as 5%")
        return float(value[:-1]) / 100

    setting = Setting("ACME_SAMPLING", default=0.1, parse=percent)

    assert setting.resolve() == 0.1
    monkeypatch.setenv("ACME_SAMPLING", "50%")
    assert setting.resolve() == 0.5
    monkeypatch.setenv("ACME_SAMPLING", "half")
    with pytest.raises(SettingsError, match="ACME_SAMPLING is 'half': allowed is a percentage, as 5%"):
        setting.resolve()


def test_a_setting_is_read_when_it_is_used(monkeypatch):
    """A change of the environment is seen by a Settings object that exists already."""
    settings = Settings()
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "later")

    assert settings.service_name == "later"
