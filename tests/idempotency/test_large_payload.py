from __future__ import annotations

import io

import pytest

from lambda_powertools.idempotency import LargePayloadPersistenceLayer, idempotent_function
from lambda_powertools.idempotency.exceptions import IdempotencyPersistenceLayerError


class FakeS3:
    """Keeps objects in a dict."""

    def __init__(self):
        self.objects = {}

    def put_object(self, *, Bucket, Key, Body, ContentType):  # noqa: N803  # the names of the service
        self.objects[Bucket, Key] = Body

    def get_object(self, *, Bucket, Key):  # noqa: N803  # the same
        return {"Body": io.BytesIO(self.objects[Bucket, Key])}


@pytest.fixture
def s3():
    return FakeS3()


@pytest.fixture
def make_function(store, s3, make_config):
    """Make a function on the layer that is tested."""

    def make(body, **options):
        layer = LargePayloadPersistenceLayer(store, "bucket", "records/", threshold_bytes=20, boto3_client=s3)
        return idempotent_function(
            body, data_keyword_argument="x", persistence_store=layer, config=make_config(**options)
        )

    return make


@pytest.mark.parametrize(
    ("result", "objects"), [("x" * 18, 0), ("x" * 19, 1), ("é" * 8, 1)], ids=["at it", "above", "above in bytes"]
)
def test_result_above_the_threshold_goes_to_s3(store, s3, make_function, result, objects):
    """The record has a pointer then, and the replay is the same either way."""
    f = make_function(lambda x: result)

    assert [f(x=1), f(x=1)] == [result, result]
    assert len(s3.objects) == objects
    assert all(bucket == "bucket" and key.startswith("records/") for bucket, key in s3.objects)
    assert len(store.record.response_data) < 200


def test_replay_through_a_read_is_resolved(store, s3, make_function):
    """A store that does not return the old record is read, and the pointer followed."""
    f = make_function(lambda x: "x" * 50)
    f(x=1)
    store.returns_old_record = False

    assert f(x=1) == "x" * 50


def test_each_result_has_an_object_of_its_own(store, s3, make_function):
    """A later result of the same key does not change what an earlier record points to."""
    f = make_function(lambda x: "x" * 50)
    f(x=1)
    f.evict(1)
    f(x=1)

    assert len(s3.objects) == 2


def test_missing_object_is_an_error_with_its_cause(store, s3, make_function):
    """A result that was deleted from the bucket is not replayed as something else."""
    f = make_function(lambda x: "x" * 50)
    f(x=1)
    s3.objects.clear()

    with pytest.raises(IdempotencyPersistenceLayerError) as caught:
        f(x=1)
    assert isinstance(caught.value.__cause__, KeyError)


def test_failing_upload_leaves_the_record_in_progress(store, s3, make_function):
    """The record is completed after the object is there, so it never points to nothing."""

    def fail(**_):
        raise OSError("no bucket")

    s3.put_object = fail
    with pytest.raises(IdempotencyPersistenceLayerError, match="no bucket"):
        make_function(lambda x: "x" * 50)(x=1)

    assert store.record.status == "INPROGRESS"


def test_inner_store_sees_the_settings_of_the_call(store, s3, make_function):
    """The layer that keeps the records knows whether payloads are validated."""
    seen = []
    update = store._update_record

    def look(data_record):
        seen.append((store.payload_validation_enabled, bool(data_record.payload_hash)))
        update(data_record)

    store._update_record = look
    make_function(lambda x: "x" * 50, payload_validation_jmespath="@")(x=1)

    assert seen == [(True, True)]


def test_local_cache_holds_the_result(store, s3, make_function):
    """A replay from memory needs neither store nor bucket."""
    f = make_function(lambda x: "x" * 50, use_local_cache=True)
    f(x=1)
    s3.objects.clear()

    assert f(x=1) == "x" * 50
