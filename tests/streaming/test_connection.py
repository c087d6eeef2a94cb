from __future__ import annotations

import io
import random

import pytest
from botocore.exceptions import ClientError, IncompleteReadError, ResponseStreamingError
from local_servers import client

from lambda_powertools.streaming import S3Object

MIB = 1024 * 1024
CONTENT = random.Random(7).randbytes(MIB)  # noqa: S311  # the same content in every run


@pytest.mark.parametrize(
    ("seek", "ranges"),
    [
        ((0, io.SEEK_CUR), ["bytes=0-"]),
        ((5, io.SEEK_SET), ["bytes=0-"]),
        ((200_000, io.SEEK_CUR), ["bytes=0-"]),
        ((900_000, io.SEEK_SET), ["bytes=0-", "bytes=900000-"]),
        ((-10, io.SEEK_END), ["bytes=0-", f"bytes={MIB - 10}-"]),
    ],
    ids=["nowhere", "within the buffer", "a little forward", "far", "near the end"],
)
def test_seek_reconnects_only_where_it_must(put, s3, requests, seek, ranges):
    """STR-7: a connection is kept for what is buffered or near, a far position opens a new range."""
    stream = S3Object(*put(CONTENT), boto3_client=s3)
    assert stream.read(10) == CONTENT[:10]

    position = stream.seek(*seek)

    assert stream.read(20) == CONTENT[position : position + 20]
    assert requests.ranges == ranges
    assert requests.names == ["GetObject"] * len(ranges)


def test_far_seek_closes_the_body(put, s3):
    """STR-7: the body that a seek leaves behind is closed at once."""
    stream = S3Object(*put(CONTENT), boto3_client=s3)
    stream.read(1)
    body = stream.raw_stream.raw_stream

    stream.seek(900_000)

    assert body._raw_stream.closed


def test_overwritten_object_is_an_error(put, s3, requests):
    """STR-13: later requests ask for the ETag of the first answer, so two versions are never mixed."""
    bucket, key = put(CONTENT)
    stream = S3Object(bucket, key, boto3_client=s3)
    stream.read(10)
    etag = s3.head_object(Bucket=bucket, Key=key)["ETag"]
    put(b"x" * MIB, key)
    requests.clear()
    stream.seek(900_000)

    with pytest.raises(ClientError) as caught:
        stream.read(10)

    assert caught.value.response["Error"]["Code"] in {"PreconditionFailed", "412"}
    assert requests == [("GetObject", {"Bucket": bucket, "Key": key, "Range": "bytes=900000-", "IfMatch": etag})]


def test_size_pins_the_version_it_is_of(put, s3, requests):
    """STR-13: the answer that told the size counts as a first answer."""
    stream = S3Object(*put(CONTENT), boto3_client=s3)

    stream.seek(-5, io.SEEK_END)
    stream.read()

    assert [name for name, parameters in requests if "IfMatch" in parameters] == ["GetObject"]


def test_broken_connection_is_opened_again_where_it_broke(put, proxy):
    """STR-14: a read over a cut connection gives every byte once."""
    where = put(CONTENT)
    proxy.cuts = [300_000]

    assert S3Object(*where, boto3_client=client("s3", proxy.url)).read() == CONTENT


def test_each_read_may_reconnect_once(put, proxy):
    """STR-14: the allowance is that of a call, so many small reads survive many cuts."""
    where = put(CONTENT)
    proxy.cuts = [200_000] * 4

    stream = S3Object(*where, boto3_client=client("s3", proxy.url))

    assert b"".join(iter(lambda: stream.read(50_000), b"")) == CONTENT


def test_second_break_in_one_read_is_raised_and_loses_nothing(put, proxy):
    """STR-14: the error leaves the position where it was, and the next read begins there."""
    where = put(CONTENT)
    proxy.cuts = [200_000, 200_000]
    stream = S3Object(*where, boto3_client=client("s3", proxy.url))
    head = stream.read(1000)

    with pytest.raises((IncompleteReadError, ResponseStreamingError)):
        stream.read()

    assert stream.tell() == 1000
    assert head + stream.read() == CONTENT


def test_lines_survive_a_cut(put, proxy):
    """STR-14: iteration goes on across a broken connection, without a torn or doubled line."""
    lines = [b"line %d\n" % number for number in range(60_000)]
    where = put(b"".join(lines))
    proxy.cuts = [250_000]

    assert list(S3Object(*where, boto3_client=client("s3", proxy.url))) == lines


def test_closing_downloads_no_more(put, proxy):
    """STR-23: the unread part of the object stays where it is."""
    where = put(CONTENT * 32)
    with S3Object(*where, boto3_client=client("s3", proxy.url)) as stream:
        assert stream.read(10) == CONTENT[:10]

    assert proxy.passed < 24 * MIB
    assert stream.closed
