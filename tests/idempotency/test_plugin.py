from __future__ import annotations

import subprocess
import sys

import pytest

from lambda_powertools.core import (
    Plugin,
    PluginOptionsError,
    PowertoolsUserWarning,
    Registry,
    current_invocation,
    hookimpl,
    loop,
    powertools,
)
from lambda_powertools.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyConfigError,
    IdempotencyKeyError,
    IdempotencyPersistenceLayerError,
)
from lambda_powertools.idempotency.plugin import IdempotencyPlugin
from lambda_powertools.testing import make_context


class Outer(Plugin[None]):
    """Stands for a logger: looks at what the invocation tells about idempotency."""

    name = "outer"
    order = 10

    def __init__(self):
        super().__init__()
        self.seen = []

    @hookimpl
    def after_invoke(self, invocation):
        self.seen.append(dict(invocation.state.get("idempotency", {})))

    @hookimpl
    def on_error(self, invocation, error):
        self.seen.append(error)


class Inner(Plugin[None]):
    """Changes the response after idempotency's place, and recovers from a KeyError."""

    name = "inner"
    order = 700

    @hookimpl
    def after_invoke(self, invocation):
        if isinstance(invocation.response, dict):
            invocation.response["inner"] = True

    @hookimpl
    def on_error(self, invocation, error):
        if isinstance(error, KeyError):
            invocation.recover({"recovered": True})


class Shaping(Plugin[None]):
    """Replaces the event before idempotency sees it, as a parser does."""

    name = "shaping"
    order = 300

    @hookimpl
    def before_invoke(self, invocation):
        invocation.event = {"id": invocation.event["raw"]}


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(Outer)
    registry.register(IdempotencyPlugin)
    return registry


@pytest.fixture
def decorate(registry, store, make_config):
    """Decorate a handler with the plugin."""

    def decorate(function, value=None, **options):
        value = {"persistence_store": store, "config": make_config(**options)} if value is None else value
        return powertools(registry=registry, idempotency=value)(function)

    return decorate


def test_second_invocation_is_answered_from_the_store(decorate, store, context):
    """The handler does not run for an event that it has handled, and the invocation says so to others."""
    runs = []
    handler = decorate(lambda event, context: runs.append(event) or {"run": len(runs)})

    assert [handler({"id": 1}, context), handler({"id": 1}, context)] == [{"run": 1}, {"run": 1}]
    digest = store.record.idempotency_key.rpartition("#")[2]
    assert handler.application.plugins["outer"].seen == [
        {"key_hash": digest[:8], "replayed": False},
        {"key_hash": digest[:8], "replayed": True},
    ]
    assert store.calls == ["put", "update", "put"]


def test_standalone_decorator_tells_the_invocation_too(registry, store, make_config, context):
    """Under `@powertools`, `@idempotent` publishes the same keys."""

    @powertools(registry=registry)
    @idempotent(persistence_store=store, config=make_config())
    def handler(event, context):
        return current_invocation().state["idempotency"]["replayed"]

    handler({"id": 1}, context)
    handler({"id": 1}, context)

    assert [state["replayed"] for state in handler.application.plugins["outer"].seen] == [False, True]


def test_key_prefix_names_the_handler(decorate, store, context):
    """The key begins with the names of the undecorated handler."""

    def handler(event, context):
        return None

    decorate(handler)({"id": 1}, context)

    assert store.record.idempotency_key.startswith(f"test-func.{__name__}.{handler.__qualname__}#")


def test_response_is_stored_as_plugins_further_in_left_it(registry, decorate, store, context):
    """What inner plugins change, or recover from, is part of what is replayed."""
    registry.register(Inner)
    handler = decorate(lambda event, context: {"id": event["id"]})

    assert handler({"id": 1}, context) == handler({"id": 1}, context) == {"id": 1, "inner": True}
    assert handler({"other": 1}, context) == handler({"other": 1}, context) == {"recovered": True}


def test_event_is_taken_as_plugins_further_out_left_it(registry, decorate, store, context):
    """A parser further out decides what the key is made of."""
    registry.register(Shaping)
    handler = decorate(lambda event, context: event["id"], event_key_jmespath="id")

    assert [handler({"raw": 7, "noise": 1}, context), handler({"raw": 7, "noise": 2}, context)] == [7, 7]
    assert len(store.records) == 1


def test_failure_lets_the_key_go(decorate, store, context):
    """The handler's exception comes out, and the event can be handled again."""
    failures = [ValueError("declined")]

    def run(event, context):
        if failures:
            raise failures.pop()
        return "ok"

    handler = decorate(run)
    with pytest.raises(ValueError, match="declined"):
        handler({"id": 1}, context)

    assert store.records == {}
    assert handler({"id": 1}, context) == "ok"


def test_end_of_the_process_leaves_the_record(decorate, store, context):
    """What is no Exception does not touch the record."""

    def run(event, context):
        raise SystemExit

    with pytest.raises(SystemExit):
        decorate(run)({"id": 1}, context)

    assert store.record.status == "INPROGRESS"


def test_failing_delete_does_not_replace_the_error(decorate, store, context, capfd):
    """The handler's error is the one to be seen; that the record stays is reported, and noted on it."""
    store.failure["delete"] = OSError("disk")
    mine = ValueError("mine")

    def run(event, context):
        raise mine

    with pytest.raises(ValueError) as caught:
        decorate(run)({"id": 1}, context)

    assert caught.value is mine
    assert "OSError: disk" in capfd.readouterr().err
    if sys.version_info >= (3, 11):
        assert "could not be deleted" in mine.__notes__[0]


@pytest.mark.parametrize("fails", ["put", "update"])
def test_failing_store_is_the_error_of_the_invocation(decorate, store, context, fails):
    """Wrong is worse than down: without the store nothing is answered."""
    store.failure[fails] = OSError("disk")

    with pytest.raises(IdempotencyPersistenceLayerError, match="disk"):
        decorate(lambda event, context: 1)({"id": 1}, context)


def test_invocation_in_progress_is_refused(decorate, store, context):
    """An event that is being handled raises, and the record of the running invocation stays."""

    def run(event, context):
        with pytest.raises(IdempotencyAlreadyInProgressError):
            handler(event, make_context())
        return "ran"

    handler = decorate(run)

    assert handler({"id": 1}, context) == "ran"
    assert store.record.status == "COMPLETED"


def test_event_without_key(decorate, store, context):
    """Skipped with a warning, or refused."""
    handler = decorate(lambda event, context: "ran", event_key_jmespath="id")
    with pytest.warns(PowertoolsUserWarning, match="skipped"):
        assert handler({"other": 1}, context) == "ran"
    assert handler.application.plugins["outer"].seen == [{"key_hash": None, "replayed": False}]

    strict = decorate(lambda event, context: "ran", event_key_jmespath="id", raise_on_no_idempotency_key=True)
    with pytest.raises(IdempotencyKeyError):
        strict({"other": 1}, context)
    assert store.calls == []


def test_remaining_time_comes_from_the_invocation(decorate, store, make_config):
    """Nothing has to be registered: the context of the invocation counts."""
    handler = decorate(
        lambda event, context: store.record.in_progress_expiry_timestamp, in_progress_expires_after_seconds=None
    )

    assert handler({"id": 1}, make_context(timeout=60)) > 0


def test_kept_error_is_the_error_of_the_replay(decorate, store, context):
    """keep_on: the stored error leaves the decorator, and the invocation tells that it is a replay."""
    runs = []

    def run(event, context):
        runs.append(current_invocation())
        raise ValueError("kept")

    handler = decorate(run, keep_on=ValueError)
    for _ in range(2):
        with pytest.raises(ValueError, match="kept"):
            handler({"id": 1}, context)

    assert len(runs) == 1
    assert len(handler.application.plugins["outer"].seen) == 2


@pytest.mark.parametrize("outcome", ["result", "failure", "failing delete"])
def test_async_handler(decorate, store, context, outcome, capfd):
    """Under a coroutine function the store is called in threads, with the same outcome."""
    runs = []

    async def run(event, context):
        runs.append(event)
        if outcome != "result":
            raise ValueError("mine")
        return "done"

    handler = decorate(run)
    if outcome == "failing delete":
        store.failure["delete"] = OSError("disk")

    async def main():
        return [await handler({"id": 1}, context) for _ in range(2)]

    if outcome == "result":
        assert loop.run(main()) == ["done", "done"]
        assert store.calls == ["put", "update", "put"]
    else:
        with pytest.raises(ValueError, match="mine"):
            handler({"id": 1}, context)
        assert (store.records == {}) is (outcome == "failure")
    assert len(runs) == 1


def test_value_may_be_a_config_or_a_layer(decorate, store, make_config, context, monkeypatch):
    """Both are accepted as they are; a config alone needs the table of the environment."""
    with pytest.warns(PowertoolsUserWarning, match="unknown"):
        assert decorate(lambda event, context: 1, store)({"id": 1}, None) == 1
    assert store.calls == ["put", "update"]

    monkeypatch.setenv("POWERTOOLS_IDEMPOTENCY_TABLE", "records")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    handler = decorate(lambda event, context: 1, make_config(event_key_jmespath="id"))
    engine = handler.application.plugins["idempotency"]._engine
    assert isinstance(engine.layer, DynamoDBPersistenceLayer)
    assert (engine.layer.table_name, engine.config.event_key_jmespath) == ("records", "id")
    engine.layer.client.close()


def test_without_a_store_the_plugin_is_inert(registry, context):
    """Installed and not configured, it takes no part."""
    handler = powertools(registry=registry)(lambda event, context: "ran")

    assert [handler({"id": 1}, context), handler({"id": 1}, context)] == ["ran", "ran"]
    assert handler.application.plugins["outer"].seen == [{}, {}]


def test_inert_plugin_imports_next_to_nothing():
    """A function that does not use it does not pay for it."""
    code = (
        "import sys\nfrom lambda_powertools.core import powertools\n"
        "powertools(only=['idempotency'])(lambda event, context: 1)({}, None)\n"
        "assert 'lambda_powertools.idempotency.plugin' in sys.modules\n"
        "wrong = {'hashlib', 'jmespath', 'lambda_powertools.idempotency.persistence.base'} & set(sys.modules)\n"
        "assert not wrong, wrong"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("value", "error", "problem"),
    [
        (IdempotencyConfig(), PluginOptionsError, "POWERTOOLS_IDEMPOTENCY_TABLE"),
        ({"key_prefix": "p"}, PluginOptionsError, "persistence_store"),
        ({"persistence_store": "table"}, PluginOptionsError, "not a BasePersistenceLayer"),
        ({"config": {"event_key_jmespath": "id"}}, PluginOptionsError, "not an IdempotencyConfig"),
        ({"persistence": 1}, PluginOptionsError, "persistence_store"),
        (7, PluginOptionsError, "not a BasePersistenceLayer"),
    ],
    ids=["config alone", "prefix alone", "no layer", "no config", "unknown", "number"],
)
def test_wrong_options_are_an_error_when_decorated(decorate, value, error, problem):
    """What does not fit is known before the first event."""
    with pytest.raises(error, match=problem):
        decorate(lambda event, context: 1, value)


def test_wrong_config_is_an_error_when_decorated(decorate):
    """The config is judged at decoration, as with the stand-alone decorator."""
    with pytest.raises(IdempotencyConfigError):
        decorate(lambda event, context: 1, hash_function="none")


def test_disabled_by_the_environment(decorate, store, context, monkeypatch):
    """IDEM-11: the handler runs each time, with a warning."""
    handler = decorate(lambda event, context: "ran")
    monkeypatch.setenv("POWERTOOLS_IDEMPOTENCY_DISABLED", "1")

    with pytest.warns(PowertoolsUserWarning, match="development"):
        assert handler({"id": 1}, context) == "ran"
    assert store.calls == []


def test_place_among_the_plugins():
    """A guard: inside parser and validation, outside of other guards; a failure is the invocation's."""
    assert (IdempotencyPlugin.name, IdempotencyPlugin.order, IdempotencyPlugin.on_failure) == (
        "idempotency",
        400,
        "raise",
    )
