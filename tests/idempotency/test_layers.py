from __future__ import annotations

import threading
import time

import pytest

from lambda_powertools.core import PowertoolsError
from lambda_powertools.idempotency import (
    BasePersistenceLayer,
    IdempotencyConfig,
    exceptions,
    idempotent,
    idempotent_function,
)
from lambda_powertools.idempotency.exceptions import (
    IdempotencyInvalidStatusError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
    IdempotencyKeyError,
    IdempotencyPersistenceLayerError,
)
from lambda_powertools.idempotency.persistence.datarecord import DataRecord

HOOKS = ("_get_record", "_put_record", "_update_record", "_delete_record")


@pytest.mark.parametrize("missing", HOOKS)
def test_layer_needs_all_four_hooks(missing):
    """IDEM-61: a layer that lacks one cannot be instantiated."""
    methods = {name: lambda self, **_: None for name in HOOKS if name != missing}

    with pytest.raises(TypeError, match=missing):
        type("Layer", (BasePersistenceLayer,), methods)()


@pytest.mark.parametrize("order", ["before", "after", "never"])
def test_layer_may_call_the_constructor_at_any_time(make_config, order):
    """IDEM-61: its own attributes are set before or after `super().__init__()`, or without it."""

    class Layer(BasePersistenceLayer):
        def __init__(self):
            if order == "after":
                super().__init__()
            self.seen = []
            if order == "before":
                super().__init__()

        def _get_record(self, *, idempotency_key):
            raise IdempotencyItemNotFoundError

        def _put_record(self, *, data_record):
            self.seen.append(("put", data_record.status))

        def _update_record(self, *, data_record):
            self.seen.append(("update", data_record.status))

        def _delete_record(self, *, data_record):
            self.seen.append(("delete", data_record.idempotency_key[:2]))

    layer = Layer()
    f = idempotent_function(
        lambda x: 1 / x,
        data_keyword_argument="x",
        persistence_store=layer,
        config=make_config(use_local_cache=True),
        key_prefix="p",
    )
    with pytest.raises(ZeroDivisionError):
        f(x=0)
    f(x=1)

    assert layer.seen == [
        ("put", "INPROGRESS"),
        ("delete", "p#"),
        ("put", "INPROGRESS"),
        ("update", "COMPLETED"),
    ]


def test_attributes_show_the_settings_of_the_call(store, make_config):
    """Hooks of a layer that two functions share see the settings of the function that is called."""
    seen = []
    put = store._put_record

    def look(data_record):
        seen.append(
            (
                store.function_name,
                store.event_key_jmespath,
                store.payload_validation_enabled,
                store.raise_on_no_idempotency_key,
                store.expires_after_seconds,
                store.use_local_cache,
                store.hash_function,
                store.configured,
            )
        )
        put(data_record)

    store._put_record = look
    one = idempotent_function(
        lambda x: 1, data_keyword_argument="x", persistence_store=store, config=make_config(), key_prefix="one"
    )
    other = idempotent_function(
        lambda x: 1,
        data_keyword_argument="x",
        persistence_store=store,
        key_prefix="other",
        config=make_config(
            event_key_jmespath="id",
            payload_validation_jmespath="@",
            raise_on_no_idempotency_key=True,
            expires_after_seconds=5,
            use_local_cache=True,
            hash_function="sha1",
        ),
    )
    one(x={"id": 1})
    other(x={"id": 1})

    assert seen == [
        ("one", "", False, False, 3600, False, "md5", True),
        ("other", "id", True, True, 5, True, "sha1", True),
    ]


def test_nested_calls_on_one_layer_keep_their_records_apart(store, make_config, context):
    """A handler that calls an idempotent function on the same layer completes its own record."""

    @idempotent_function(data_keyword_argument="x", persistence_store=store, config=make_config(), key_prefix="inner")
    def inner(x):
        return "inner"

    @idempotent(persistence_store=store, config=make_config(), key_prefix="outer")
    def handler(event, context):
        return [inner(x=event), "outer"]

    assert handler({"id": 1}, context) == handler({"id": 1}, context) == ["inner", "outer"]
    assert sorted((key.partition("#")[0], record.response_data) for key, record in store.records.items()) == [
        ("inner", '"inner"'),
        ("outer", '["inner", "outer"]'),
    ]


def test_threads_on_one_layer_keep_their_settings_apart(store, make_config):
    """Calls of two functions at the same moment use the prefix and expiry of their own."""
    barrier = threading.Barrier(2)
    put = store._put_record

    def wait(data_record):
        barrier.wait(5)
        assert abs(data_record.expiry_timestamp - time.time() - store.expires_after_seconds) < 2
        put(data_record)
        barrier.wait(5)

    store._put_record = wait
    functions = {
        name: idempotent_function(
            lambda x: x,
            data_keyword_argument="x",
            persistence_store=store,
            key_prefix=name,
            config=make_config(expires_after_seconds=seconds),
        )
        for name, seconds in (("one", 10), ("other", 1000))
    }
    threads = [threading.Thread(target=function, kwargs={"x": name}) for name, function in functions.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = {key.partition("#")[0]: record for key, record in store.records.items()}
    assert {name: record.response_data for name, record in found.items()} == {"one": '"one"', "other": '"other"'}
    assert found["other"].expiry_timestamp - found["one"].expiry_timestamp > 900


def test_public_methods_work_alone(store):
    """IDEM-62: after `configure`, with raw data."""
    store.configure(IdempotencyConfig(event_key_jmespath="id"), "module.function", "p")
    data = {"id": 1}

    store.save_inprogress(data, 1000)
    assert store.record.status == "INPROGRESS"
    with pytest.raises(IdempotencyItemAlreadyExistsError):
        store.save_inprogress(data=data, remaining_time_in_millis=1000)
    store.save_success(data=data, result={"a": 1})
    assert store.get_record(data=data).response_json_as_dict() == {"a": 1}
    store.delete_record(data=data, exception=ValueError())
    assert store.records == {}


def test_public_methods_do_nothing_without_a_key(store):
    """IDEM-62: data without key touches no store."""
    store.configure(IdempotencyConfig(event_key_jmespath="id"))
    with pytest.warns(UserWarning, match="no idempotency key"):
        store.save_inprogress({})
    with pytest.warns(UserWarning, match="no idempotency key"):
        store.save_success({}, 1)
    with pytest.warns(UserWarning, match="no idempotency key"):
        store.delete_record({}, ValueError())
    with pytest.warns(UserWarning, match="no idempotency key"):
        assert store.get_record({}) is None
    assert store.calls == []


@pytest.mark.parametrize(("function_name", "expected"), [(None, "test-func."), ("m.f", "test-func.m.f")])
def test_configure_names_the_function(store, function_name, expected):
    """The prefix is that of the function, or the one that is given."""
    store.configure(IdempotencyConfig(), function_name)
    assert store.function_name == expected
    store.configure(IdempotencyConfig(), function_name, "prefix")
    assert store.function_name == "prefix"


def test_helpers_may_be_overridden(store, make_config):
    """A layer may make its keys, hashes and expiry in its own way."""
    kind = type(store)

    class Layer(kind):
        def _get_hashed_idempotency_key(self, data):
            return f"mine#{data['id']}"

        def _get_hashed_payload(self, data):
            return "payload"

        def _get_expiry_timestamp(self):
            return 9_999_999_999

    layer = Layer()
    config = make_config(payload_validation_jmespath="@")
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=layer, config=config)
    f(x={"id": 5})

    assert layer.record == DataRecord(
        "mine#5",
        "COMPLETED",
        9_999_999_999,
        layer.record.in_progress_expiry_timestamp,
        "1",
        "payload",
    )


FAILURES = [("put", "save"), ("get", "get"), ("update", "update"), ("delete", "delete")]


@pytest.mark.parametrize(("hook", "message"), FAILURES)
def test_failure_of_the_store_is_wrapped(store, make_config, hook, message):
    """IDEM-63: one message for each step, the original as second argument and as cause."""
    failure = store.failure[hook] = OSError("disk")

    def body(x):
        if hook == "delete":
            raise ValueError("mine")

    if hook == "get":
        put = store._put_record

        def hide(data_record):
            put(data_record)
            raise IdempotencyItemAlreadyExistsError

        store._put_record = hide
    f = idempotent_function(body, data_keyword_argument="x", persistence_store=store, config=make_config())

    with pytest.raises(IdempotencyPersistenceLayerError, match=f"Failed to {message}.*disk") as caught:
        f(x=1)

    assert caught.value.__cause__ is caught.value.args[1] is failure


def test_error_of_the_function_stays_reachable(store, make_config):
    """IDEM-64: when deleting fails, the function's own exception is in the context."""
    store.failure["delete"] = OSError("disk")
    mine = ValueError("mine")

    def body(x):
        raise mine

    f = idempotent_function(body, data_keyword_argument="x", persistence_store=store, config=make_config())
    with pytest.raises(IdempotencyPersistenceLayerError) as caught:
        f(x=1)

    chain, error = [], caught.value
    while error is not None:
        chain.append(error)
        error = error.__context__
    assert mine in chain


def test_key_and_validation_errors_are_not_wrapped(store, make_config):
    """IDEM-63: they are no failures of the store, whoever raises them."""
    store.failure["put"] = IdempotencyKeyError("mine")
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=store, config=make_config())

    with pytest.raises(IdempotencyKeyError, match="mine"):
        f(x=1)


@pytest.mark.parametrize("result", [object(), b"bytes", {"a": {(1, 2): 3}}], ids=lambda value: type(value).__name__)
def test_result_that_is_no_json_releases_the_record(store, make_config, result):
    """A response that cannot be serialised is an error of the update, and nothing half-written stays."""
    f = idempotent_function(lambda x: result, data_keyword_argument="x", persistence_store=store, config=make_config())

    with pytest.raises(IdempotencyPersistenceLayerError, match="update.*success") as caught:
        f(x=1)

    assert isinstance(caught.value.__cause__, TypeError)
    assert store.records == {}


@pytest.mark.parametrize("garbage", [{"status": "COMPLETED"}, "text", 5], ids=repr)
def test_store_that_returns_no_record_is_an_error(store, make_config, garbage):
    """What comes out of a store is checked."""

    def refuse(data_record):
        raise IdempotencyItemAlreadyExistsError(old_data_record=garbage)

    store._put_record = refuse
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=store, config=make_config())

    with pytest.raises(IdempotencyPersistenceLayerError, match="instead of a DataRecord"):
        f(x=1)


def test_stored_response_that_is_no_json_is_an_error(store, make_config):
    """A record with a broken response is not replayed, and the cause is told."""
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=store, config=make_config())
    f(x=1)
    store.record.response_data = '{"half":'

    with pytest.raises(IdempotencyPersistenceLayerError, match="not JSON"):
        f(x=1)


def test_unknown_status_is_an_error(store, make_config):
    """IDEM-24: a status that does not exist is not guessed at."""
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=store, config=make_config())
    f(x=1)
    store.record._status = "DONE"

    with pytest.raises(IdempotencyInvalidStatusError) as caught:
        f(x=1)
    assert caught.value.args == ("DONE",)


def test_errors_tell_message_and_details():
    """The text has the message, and the details where there are some; the arguments stay."""
    cause = ValueError("why")
    error = exceptions.BaseError("message", cause, "!")

    assert (error.message, error.details, str(error)) == ("message", "why!", "message - (why!)")
    assert error.args == ("message", cause, "!")
    assert (str(exceptions.BaseError("only")), exceptions.BaseError("only").details) == ("only", None)
    assert (str(exceptions.BaseError()), exceptions.BaseError().message) == ("", "")
    assert issubclass(exceptions.BaseError, PowertoolsError)


def test_existing_item_is_shown():
    """The record that was there first is part of the text."""
    error = IdempotencyItemAlreadyExistsError("exists", old_data_record=DataRecord("the-key"))

    assert "exists" in str(error)
    assert "the-key" in str(error)
    assert str(IdempotencyItemAlreadyExistsError("exists")) == "exists"
