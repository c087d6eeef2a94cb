from __future__ import annotations

import gc
import gzip
import io

import pytest

from lambda_powertools.streaming import S3Object
from lambda_powertools.streaming.transformations import CsvTransform, GzipTransform

CSV = b"id,name\n1,Ada\n2,Bob\n"


@pytest.mark.parametrize(
    "read",
    [
        S3Object.read,
        S3Object.readline,
        next,
        lambda stream: stream.seek(0),
        lambda stream: stream.raw_stream.read(),
        lambda stream: stream.raw_stream.raw_stream,
    ],
)
def test_closed_object_is_not_read(s3, requests, read):
    """STR-15, STR-20: closing makes no request, twice is once, and reading is a ValueError without a request."""
    stream = S3Object("streaming-tests", "key", boto3_client=s3)
    stream.close()
    stream.close()

    with pytest.raises(ValueError, match="I/O operation on closed file"):
        read(stream)

    assert stream.closed
    assert requests == []


def test_context_manager_gives_the_object_and_closes_it(put, s3):
    """STR-22: the object itself comes out of `with`, closed at its end."""
    stream = S3Object(*put(CSV), boto3_client=s3)

    with stream as entered:
        assert entered is stream
        assert stream.read(2) == b"id"
        body = stream.raw_stream.raw_stream
        with stream.raw_stream as raw:
            assert raw is stream.raw_stream

    assert stream.closed
    assert body._raw_stream.closed


def test_rows_are_read_in_a_context(put, s3):
    """STR-20: a reader without close is no obstacle."""
    with S3Object(*put(CSV), boto3_client=s3, is_csv=True) as rows:
        assert next(rows) == {"id": "1", "name": "Ada"}

    assert rows.closed
    with pytest.raises(ValueError, match="closed"):
        next(rows)


def test_close_closes_what_was_made_of_the_stream(put, s3):
    """STR-20: the transformed stream is closed with the object."""
    stream = S3Object(*put(gzip.compress(CSV)), boto3_client=s3, is_gzip=True)
    decompressed = stream.transformed_stream
    assert not stream.closed

    stream.close()

    assert decompressed.closed
    assert stream.raw_stream.closed


def test_closed_is_known_without_a_request(s3, requests):
    """STR-21: whether an object is closed never makes its transformed stream."""
    stream = S3Object("streaming-tests", "key", boto3_client=s3, is_gzip=True, is_csv=True)

    assert not stream.closed
    stream.close()
    assert stream.closed
    assert requests == []


def test_forgotten_transformations_leave_the_object_open(put, s3):
    """STR-39: a result that is collected, or replaced in place after a read, closes nothing below it."""
    stream = S3Object(*put(CSV), boto3_client=s3)
    stream.transform(CsvTransform())
    stream.transform([GzipTransform(), CsvTransform()])
    gc.collect()
    assert stream.read() == CSV

    stream.seek(0)
    stream.transform(CsvTransform(), in_place=True)
    assert next(stream) == {"id": "1", "name": "Ada"}
    stream.raw_stream.seek(0)
    stream.transform([], in_place=True)
    gc.collect()
    assert list(stream) == [{"id": "1", "name": "Ada"}, {"id": "2", "name": "Bob"}]


def test_iterating_needs_no_name_for_the_object(put, s3):
    """STR-39: an object that only its iterator remembers stays open until the iterator is done."""
    where = put(gzip.compress(CSV * 50_000))

    assert sum(1 for _ in S3Object(*where, boto3_client=s3, is_gzip=True)) == 150_000


def test_text_wrapper_may_be_closed(put, s3):
    """STR-39: closing the input of a transformation leaves the raw stream open."""

    class Text(CsvTransform):
        def transform(self, input_stream):
            return io.TextIOWrapper(input_stream)

    stream = S3Object(*put(CSV), boto3_client=s3)
    with stream.transform(Text()) as text:
        assert text.readline() == "id,name\n"

    stream.seek(0)
    assert stream.read(2) == b"id"
