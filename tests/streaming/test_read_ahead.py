from __future__ import annotations

import gc
import gzip
import io
import random
import threading

import pytest
from botocore.exceptions import ClientError
from local_servers import client

from lambda_powertools.streaming import S3Object

KIB = 1024
CONTENT = random.Random(5).randbytes(1000 * KIB)  # noqa: S311  # the same content in every run


@pytest.fixture(autouse=True)
def _no_thread_left():
    """Every thread that fetches ranges ends with its stream."""
    yield
    gc.collect()
    for thread in threading.enumerate():
        if thread.name.startswith("powertools-streaming"):
            thread.join(10)
            assert not thread.is_alive()


def test_parts_of_one_version_are_fetched_in_order(put, s3, requests):
    """The first range tells the ETag, which all others ask for; together they are the object."""
    with S3Object(*put(CONTENT), boto3_client=s3, read_ahead=3, part_size=300 * KIB) as stream:
        assert stream.read() == CONTENT
        assert stream.read() == b""
        assert stream.size == len(CONTENT)

    bounds = [(start * KIB, min(start + 300, 1000) * KIB - 1) for start in (0, 300, 600, 900)]
    assert set(requests.ranges) == {f"bytes={start}-{end}" for start, end in bounds}
    assert requests.names == ["GetObject"] * 4
    assert ["IfMatch" in parameters for _, parameters in requests] == [False, True, True, True]


def test_no_more_parts_than_asked_for_are_fetched_ahead(put, s3, requests):
    """With one byte read, one part is being read and `read_ahead` others are on their way."""
    with S3Object(*put(CONTENT), boto3_client=s3, read_ahead=2, part_size=100 * KIB) as stream:
        assert stream.read(1) == CONTENT[:1]

    assert len(requests.ranges) <= 4  # the buffer of 128 KiB takes the first part and the beginning of the second


def test_seek_starts_again_from_there(put, s3, requests):
    """A far seek gives up the parts under way and fetches from the new position."""
    with S3Object(*put(CONTENT), boto3_client=s3, read_ahead=2, part_size=50 * KIB) as stream:
        stream.read(10)
        stream.seek(-100, io.SEEK_END)
        assert stream.read() == CONTENT[-100:]

    assert sum(item.startswith(f"bytes={len(CONTENT) - 100}-") for item in requests.ranges) == 1


@pytest.mark.parametrize("content", [b"", b"tiny"], ids=["empty", "tiny"])
def test_small_objects_take_one_request(put, s3, requests, content):
    """What fits in a part is read by one range, and an empty object is empty."""
    with S3Object(*put(content), boto3_client=s3, read_ahead=4) as stream:
        assert stream.read() == content
        assert stream.read() == b""

    assert requests.names == ["GetObject"]


def test_lines_of_gzip_are_read_ahead(put, s3):
    """Transformations work as without reading ahead."""
    lines = [b"line %d\n" % number for number in range(50_000)]
    options = {"is_gzip": True, "read_ahead": 2, "part_size": 30_000}
    with S3Object(*put(gzip.compress(b"".join(lines))), boto3_client=s3, **options) as stream:
        assert list(stream) == lines


def test_broken_parts_are_fetched_on(put, proxy):
    """Cut connections cost nothing but the bytes that had not come."""
    where = put(CONTENT)
    proxy.cuts = [150_000, 50_000, 120_000]

    with S3Object(*where, boto3_client=client("s3", proxy.url), read_ahead=3, part_size=200 * KIB) as stream:
        assert stream.read() == CONTENT


def test_overwritten_object_is_an_error(put, s3):
    """A part of another version is never handed out."""
    bucket, key = put(CONTENT)
    with S3Object(bucket, key, boto3_client=s3, read_ahead=1, part_size=150 * KIB) as stream:
        stream.read(10)
        put(bytes(len(CONTENT)), key)

        with pytest.raises(ClientError) as caught:
            stream.read()

        assert caught.value.response["Error"]["Code"] in {"PreconditionFailed", "412"}
        assert stream.tell() == 10


def test_forgotten_object_stops_fetching(put, s3):
    """An object that is dropped without close() leaves no thread behind."""
    stream = S3Object(*put(CONTENT), boto3_client=s3, read_ahead=2, part_size=100 * KIB)

    assert stream.read(5) == CONTENT[:5]
    del stream


def test_range_that_ends_early_is_an_error():
    """A server that answers with fewer bytes than it was asked for is never taken at its word."""

    class Client:
        def get_object(self, **parameters):
            return {"Body": io.BytesIO(b"short"), "ContentRange": "bytes 0-9/10"}

    with (
        S3Object("b", "k", boto3_client=Client(), read_ahead=1) as stream,
        pytest.raises(EOFError, match="the range of bytes 0-9 has 5 bytes only"),
    ):
        stream.read()
