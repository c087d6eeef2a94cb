from __future__ import annotations

import json
import threading
import time

import pytest

from lambda_powertools.core import PowertoolsUserWarning, SettingsError
from lambda_powertools.idempotency import EmbeddedPersistenceLayer, IdempotencyConfig, idempotent, idempotent_function
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyConfigError,
    IdempotencyKeptError,
)
from lambda_powertools.testing import make_context


class DeclinedError(Exception):
    pass


class FussyError(Exception):
    def __init__(self, code, *, reason):
        super().__init__(f"{code}: {reason}")


@pytest.fixture
def layer():
    layer = EmbeddedPersistenceLayer()
    yield layer
    layer.close()


def function_on(store, config, body=lambda x: x):
    return idempotent_function(body, data_keyword_argument="x", persistence_store=store, config=config, key_prefix="p")


def in_thread(function, **kwargs):
    results = []
    thread = threading.Thread(target=lambda: results.append(function(**kwargs)))
    thread.start()
    return thread, results


def test_waiting_call_gets_the_result_of_the_other(layer, make_config):
    """on_duplicate="wait": the second call returns what the first one returns, without running."""
    began, goes_on = threading.Event(), threading.Event()

    def slow(x):
        began.set()
        goes_on.wait(5)
        return "first"

    config = make_config(on_duplicate="wait")
    thread, results = in_thread(function_on(layer, config, slow), x=1)
    began.wait(5)
    waiter, waited = in_thread(function_on(layer, config, lambda x: "second"), x=1)
    goes_on.set()
    thread.join()
    waiter.join()

    assert (results, waited) == (["first"], ["first"])


def test_waiting_call_takes_over_when_the_other_fails(layer, make_config):
    """on_duplicate="wait": a record that is deleted meanwhile is claimed."""
    began, goes_on = threading.Event(), threading.Event()

    def fails(x):
        began.set()
        goes_on.wait(5)
        raise DeclinedError

    config = make_config(on_duplicate="wait")

    def first(x):
        with pytest.raises(DeclinedError):
            function_on(layer, config, fails)(x=x)

    thread, _ = in_thread(first, x=1)
    began.wait(5)
    waiter, waited = in_thread(function_on(layer, config, lambda x: "second"), x=1)
    goes_on.set()
    thread.join()
    waiter.join()

    assert waited == ["second"]


def test_waiting_call_takes_over_when_the_other_is_dead(layer, make_config):
    """on_duplicate="wait": a call that died is followed as soon as its time is up."""

    def die(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        function_on(layer, make_config(in_progress_expires_after_seconds=0.2), die)(x=1)

    assert function_on(layer, make_config(on_duplicate="wait"), lambda x: "second")(x=1) == "second"


@pytest.mark.parametrize("limit", ["configured", "deadline", "both"])
def test_waiting_ends_in_time(store, make_config, limit):
    """on_duplicate="wait": at the configured limit, and before the deadline of the invocation, whichever is first."""
    config = make_config(on_duplicate="wait", max_wait_seconds={"deadline": None, "both": 60}.get(limit, 0.1))
    function_on(store, config)(x=1)
    store.record._status = "INPROGRESS"

    @idempotent(persistence_store=type(store)(), config=make_config())
    def handler(event, context):
        return function_on(store, config)(x=1)

    begin = time.monotonic()
    with pytest.raises(IdempotencyAlreadyInProgressError):
        handler({"id": 1}, make_context(timeout=3 if limit == "configured" else 0.4))

    assert 0.1 <= time.monotonic() - begin < 2.5
    assert store.calls.count("put") == 2  # what follows the first refusal are reads
    assert "get" in store.calls


def test_raising_is_the_default(store, make_config):
    """on_duplicate="raise": a call in progress is told at once, without another request."""
    function_on(store, make_config())(x=1)
    store.record._status = "INPROGRESS"
    store.calls.clear()
    with pytest.raises(IdempotencyAlreadyInProgressError):
        function_on(store, make_config())(x=1)

    assert store.calls == ["put"]


@pytest.mark.parametrize(
    "options",
    [
        {"on_duplicate": "ignore"},
        {"keep_on": "ValueError"},
        {"keep_on": (ValueError, 3)},
        {"keep_on": KeyboardInterrupt},
    ],
    ids=str,
)
def test_wrong_option_is_an_error_when_decorated(store, options):
    """The message names the option and what is expected."""
    with pytest.raises(IdempotencyConfigError, match=next(iter(options))):
        function_on(store, IdempotencyConfig(**options))


@pytest.mark.parametrize("keep_on", [DeclinedError, (KeyError, Exception)], ids=str)
def test_kept_error_is_raised_again_without_running(store, make_config, keep_on):
    """keep_on: an error that is an outcome is stored, and replayed as it was."""
    runs = []

    def declines(x):
        runs.append(x)
        raise DeclinedError("card", 7)

    f = function_on(store, make_config(keep_on=keep_on), declines)
    for _ in range(2):
        with pytest.raises(DeclinedError) as caught:
            f(x=1)
        assert caught.value.args == ("card", 7)

    assert runs == [1]
    assert store.record.status == "COMPLETED"


def test_other_errors_are_not_kept(store, make_config):
    """keep_on: an error of another class lets the key go."""
    f = function_on(store, make_config(keep_on=DeclinedError), lambda x: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        f(x=1)

    assert store.records == {}


def test_kept_error_that_cannot_be_rebuilt_keeps_its_message(store, make_config):
    """keep_on: a class whose constructor wants something else is named, with the message."""

    def fails(x):
        raise FussyError(5, reason="no")

    f = function_on(store, make_config(keep_on=FussyError), fails)
    with pytest.raises(FussyError):
        f(x=1)
    with pytest.raises(IdempotencyKeptError, match="5: no") as caught:
        f(x=1)

    assert caught.value.error_type == f"{__name__}.FussyError"


def test_kept_error_with_arguments_that_are_no_json_keeps_its_message(store, make_config):
    """keep_on: only what JSON carries can be rebuilt."""

    def fails(x):
        raise DeclinedError(object)

    f = function_on(store, make_config(keep_on=DeclinedError), fails)
    with pytest.raises(DeclinedError):
        f(x=1)
    with pytest.raises(IdempotencyKeptError, match="class 'object'"):
        f(x=1)


def test_store_does_not_decide_which_class_is_called(store, make_config):
    """keep_on: a record that names a class that is not kept does not get it called."""
    f = function_on(store, make_config(keep_on=DeclinedError))
    f(x=1)
    kept = {"module": "builtins", "name": "OSError", "message": "m", "args": []}
    store.record.response_data = json.dumps({"__lambda_powertools_idempotency_error__": kept})

    with pytest.raises(IdempotencyKeptError, match="^m$"):
        f(x=1)


def test_hooks_see_claim_replay_and_release(store, make_config):
    """on_claim, on_replay and on_release are called with the record, at their moment."""
    seen = []
    config = make_config(
        on_claim=lambda record: seen.append(("claim", record.status)),
        on_replay=lambda record: seen.append(("replay", record.status)),
        on_release=lambda record, error: seen.append(("release", type(error))),
    )
    f = function_on(store, config, lambda x: 1 // x)
    with pytest.raises(ZeroDivisionError):
        f(x=0)
    f(x=1)
    f(x=1)

    assert seen == [
        ("claim", "INPROGRESS"),
        ("release", ZeroDivisionError),
        ("claim", "INPROGRESS"),
        ("replay", "COMPLETED"),
    ]


def test_hook_that_fails_does_not_fail_the_call(store, make_config, capfd):
    """What looks on is reported to stderr, and the call goes on."""
    f = function_on(store, make_config(on_claim=lambda record: 1 / 0))

    assert f(x=1) == 1
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_explain_tells_what_became_the_key(store, make_config):
    """explain: the part of the event, its text, and the key that the call really has."""
    config = make_config(event_key_jmespath="powertools_json(body).[id, shop]", payload_validation_jmespath="body")
    f = function_on(store, config)
    event = {"body": '{"id": 7, "shop": "a", "noise": 1}'}
    explanation = f.explain(event)
    f(x=event)

    assert explanation.key == store.record.idempotency_key
    assert (explanation.value, explanation.hashed) == ([7, "a"], '[7, "a"]')
    assert (explanation.prefix, explanation.hash_function) == ("p", "md5")
    assert explanation.expression == config.event_key_jmespath
    assert explanation.payload_hash == store.record.payload_hash
    assert '[7, "a"]' in str(explanation)
    assert "7" not in repr(explanation).replace(explanation.key, "")


def test_explain_tells_why_there_is_no_key(store, make_config):
    """explain: an event without key says what was looked for, without warning or error."""
    config = make_config(event_key_jmespath="user.id", raise_on_no_idempotency_key=True)
    explanation = function_on(store, config).explain({"id": 1})

    assert explanation.key is None
    assert "user.id" in str(explanation)
    assert store.calls == []


@pytest.mark.parametrize("how", ["payload", "key"])
def test_evicted_result_is_forgotten(store, make_config, how):
    """evict: by payload on the function, by key on the layer, from the store and from memory."""
    runs = []
    f = function_on(store, make_config(use_local_cache=True), lambda x: runs.append(x) or len(runs))
    assert [f(x=1), f(x=1)] == [1, 1]

    if how == "payload":
        f.evict(1)
    else:
        store.evict(f.explain(1).key)

    assert f(x=1) == 2


@pytest.mark.parametrize("value", ["1", "true", "ON", "y"])
def test_disabled_by_the_environment(store, make_config, monkeypatch, value):
    """IDEM-11: the function runs each time without the store, with one warning per call."""
    f = function_on(store, make_config(event_key_jmespath="id", raise_on_no_idempotency_key=True), lambda x: "ran")
    monkeypatch.setenv("POWERTOOLS_IDEMPOTENCY_DISABLED", value)

    with pytest.warns(PowertoolsUserWarning, match="development") as caught:
        assert f(x={}) == "ran"
    assert len(caught) == 1
    assert store.calls == []


def test_disabled_when_decorated_checks_nothing(monkeypatch, context):
    """IDEM-11: no store and a wrong configuration do not matter then; development mode spares the warning."""
    monkeypatch.setenv("POWERTOOLS_IDEMPOTENCY_DISABLED", "1")
    monkeypatch.setenv("POWERTOOLS_DEV", "1")
    wrong = IdempotencyConfig(event_key_jmespath="a b", hash_function="none")

    @idempotent(persistence_store=None, config=wrong)
    def handler(event, context):
        return "ran"

    assert handler({}, context) == "ran"


@pytest.mark.parametrize("value", ["0", "false", "Off", ""])
def test_not_disabled(store, make_config, monkeypatch, value):
    """IDEM-11: the other words leave it on."""
    monkeypatch.setenv("POWERTOOLS_IDEMPOTENCY_DISABLED", value)
    function_on(store, make_config())(x=1)

    assert store.calls == ["put", "update"]


def test_setting_that_is_no_boolean_is_an_error(store, make_config, monkeypatch):
    """IDEM-11: the variable, its value and what is allowed are named."""
    f = function_on(store, make_config())
    monkeypatch.setenv("POWERTOOLS_IDEMPOTENCY_DISABLED", "maybe")

    with pytest.raises(SettingsError, match="POWERTOOLS_IDEMPOTENCY_DISABLED.*maybe"):
        f(x=1)


def test_config_keeps_its_arguments():
    """Every argument is an attribute that can be assigned."""
    config = IdempotencyConfig("id", "amount", {"a": 1}, True, 5, True, 7, "sha1", None, None)

    assert (config.event_key_jmespath, config.payload_validation_jmespath, config.jmespath_options) == (
        "id",
        "amount",
        {"a": 1},
    )
    assert (config.raise_on_no_idempotency_key, config.expires_after_seconds, config.use_local_cache) == (True, 5, True)
    assert (config.local_cache_max_items, config.hash_function) == (7, "sha1")
    config.lambda_context = context = make_context()
    assert config.lambda_context is context
