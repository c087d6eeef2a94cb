import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitBreakerConfigError,
    CircuitBreakerError,
    CircuitBreakerOpenError,
    CircuitBreakerPersistenceError,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.persistence import InMemoryCircuitBreakerPersistence


def test_defaults():
    """Public surface: the attributes are named as the arguments."""
    assert vars(CircuitBreakerConfig()) == {
        "failure_threshold": 5,
        "recovery_timeout": 30,
        "success_threshold": 3,
        "handled_exceptions": None,
        "ignored_exceptions": None,
        "local_cache_max_age": 5,
        "minimum_probe_time": 0,
    }


@pytest.mark.parametrize("argument", ["failure_threshold", "recovery_timeout", "success_threshold"])
@pytest.mark.parametrize("value", [0, -1, True, False, 1.0, "1", None], ids=repr)
def test_thresholds_are_positive_ints(argument, value):
    """CB-40: booleans, floats and texts are refused, with argument and value in the message."""
    with pytest.raises(CircuitBreakerConfigError, match=rf"{argument} is {value!r}: an int of 1 or more"):
        CircuitBreakerConfig(**{argument: value})


@pytest.mark.parametrize("argument", ["local_cache_max_age", "minimum_probe_time"])
@pytest.mark.parametrize("value", [-1, True, False, 0.5, "0", None], ids=repr)
def test_ages_may_be_0(argument, value):
    """CB-40: 0 is allowed, less and other types are not."""
    assert getattr(CircuitBreakerConfig(**{argument: 0}), argument) == 0
    with pytest.raises(CircuitBreakerConfigError, match=rf"{argument} is {value!r}: an int of 0 or more"):
        CircuitBreakerConfig(**{argument: value})


@pytest.mark.parametrize("argument", ["handled_exceptions", "ignored_exceptions"])
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (KeyError, (KeyError,)),
        ([KeyError, OSError], (KeyError, OSError)),
        ({KeyError: 1}.keys(), (KeyError,)),
        ({Exception}, (Exception,)),
    ],
    ids=["class", "list", "keys", "set"],
)
def test_exceptions_are_kept_as_a_tuple(argument, given, kept):
    """CB-40: a class, or any iterable of classes."""
    assert getattr(CircuitBreakerConfig(**{argument: given}), argument) == kept


@pytest.mark.parametrize("argument", ["handled_exceptions", "ignored_exceptions"])
@pytest.mark.parametrize(
    "value", ["KeyError", b"KeyError", 5, [], (), int, [int], [KeyError()], BaseException, KeyboardInterrupt], ids=repr
)
def test_what_is_no_exception_class_is_refused(argument, value):
    """CB-40: texts, empty iterables, objects, and classes that are not below Exception."""
    with pytest.raises(CircuitBreakerConfigError, match=f"^{argument} is "):
        CircuitBreakerConfig(**{argument: value})


def test_both_lists_exclude_each_other():
    """CB-40: which of the two would win, nobody could tell."""
    with pytest.raises(CircuitBreakerConfigError, match="handled_exceptions.*ignored_exceptions"):
        CircuitBreakerConfig(handled_exceptions=KeyError, ignored_exceptions=OSError)


@pytest.mark.parametrize(
    ("settings", "counting", "not_counting"),
    [
        ({}, [KeyError(), Exception()], [KeyboardInterrupt(), SystemExit(), GeneratorExit()]),
        ({"handled_exceptions": LookupError}, [KeyError(), IndexError()], [OSError(), KeyboardInterrupt()]),
        ({"ignored_exceptions": LookupError}, [OSError()], [KeyError(), KeyboardInterrupt()]),
        ({"handled_exceptions": Exception}, [KeyError()], [KeyboardInterrupt()]),
    ],
)
def test_what_counts_as_a_failure(settings, counting, not_counting):
    """CB-11: handled ones only, all but ignored ones, or every Exception; never another BaseException."""
    config = CircuitBreakerConfig(**settings)

    assert [config.counts_as_failure(one) for one in counting] == [True] * len(counting)
    assert [config.counts_as_failure(one) for one in not_counting] == [False] * len(not_counting)


@pytest.mark.parametrize("name", ["", None, 5, lambda: None], ids=["empty", "none", "number", "function"])
def test_a_name_is_a_text(name):
    """Bad input: also the decorator without its arguments is told what it lacks."""
    with pytest.raises(CircuitBreakerConfigError, match="name is "):
        circuit_breaker(name, InMemoryCircuitBreakerPersistence())


def test_a_store_is_a_layer():
    """Bad input: named with its circuit at decoration, not at the first call."""
    with pytest.raises(CircuitBreakerConfigError, match="persistence_store of circuit 'orders' is 'table'"):
        circuit_breaker("orders", "table")


@pytest.mark.parametrize(
    ("arguments", "text", "message", "details"),
    [
        ((), "", "", None),
        (("down",), "down", "down", None),
        (("down", "table ", 5), "down - (table 5)", "down", "table 5"),
        ((KeyError("a"), ""), "'a'", "'a'", None),
    ],
)
@pytest.mark.parametrize(
    "kind",
    [CircuitBreakerError, CircuitBreakerOpenError, CircuitBreakerConfigError, CircuitBreakerPersistenceError],
)
def test_errors_have_message_and_details(kind, arguments, text, message, details):
    """Section 4: the first argument, and the others joined."""
    error = kind(*arguments)

    assert (str(error), error.message, error.details, error.args) == (text, message, details, arguments)
    assert isinstance(error, CircuitBreakerError)


def test_an_open_error_may_be_without_a_circuit():
    """Section 4: the attribute is None then."""
    assert CircuitBreakerOpenError("open").circuit is None
