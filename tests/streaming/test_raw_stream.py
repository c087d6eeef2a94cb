from __future__ import annotations

import io

import pytest
from botocore.exceptions import ClientError

from lambda_powertools.streaming import S3Object
from lambda_powertools.streaming._s3_seekable_io import _S3SeekableIO

TEXT = b"first\nsecond\n\nfourth without an end"


def test_nothing_is_requested_before_the_first_read(put, s3, requests):
    """STR-1, STR-6: creating an object, telling and seeking from the start make no request."""
    stream = S3Object(*put(TEXT), boto3_client=s3)

    stream.seek(3)
    stream.seek(2, io.SEEK_CUR)

    assert stream.tell() == 5
    assert stream.readable()
    assert stream.seekable()
    assert not stream.writable()
    assert not stream.isatty()
    assert requests == []


def test_client_names_this_package_once_in_its_user_agent(put, s3):
    """STR-1: a given client is used as it is, and its requests carry one tag however many objects share it."""
    agents = []
    s3.meta.events.register_last("before-send.s3.*", lambda request, **_: agents.append(request.headers["User-Agent"]))

    for _ in range(2):
        S3Object(*put(TEXT), boto3_client=s3).read()

    assert [str(agent).count("lambda-powertools-streaming/") for agent in agents] == [1, 1]


def test_first_read_asks_for_one_open_range_and_the_options(put, s3, requests):
    """STR-2: the request has bucket, key, the range from the position and the options; later reads use its body."""
    bucket, key = put(TEXT)
    stream = S3Object(bucket, key, boto3_client=s3, RequestPayer="requester")
    stream.seek(6)

    assert [stream.read(3), stream.read(3), stream.read(1)] == [b"sec", b"ond", b"\n"]
    assert requests == [("GetObject", {"Bucket": bucket, "Key": key, "Range": "bytes=6-", "RequestPayer": "requester"})]


def test_version_is_read_and_measured(put, s3, requests):
    """STR-2, STR-10: version_id goes with every request, so content and size are those of the version."""
    bucket, key = put(b"old and longer")
    version = s3.list_object_versions(Bucket=bucket, Prefix=key)["Versions"][0]["VersionId"]
    put(b"new", key)
    requests.clear()
    stream = S3Object(bucket, key, version, boto3_client=s3)

    assert stream.seek(-6, io.SEEK_END) == 8
    assert stream.read() == b"longer"
    stream.seek(0)
    assert stream.read(3) == b"old"
    assert stream.version_id == version
    assert [parameters["VersionId"] for _, parameters in requests] == [version] * 3
    assert not any("IfMatch" in parameters for _, parameters in requests)


@pytest.mark.parametrize("size", [None, -1])
def test_read_without_a_size_goes_to_the_end(put, s3, size):
    """STR-3: all the rest, and nothing once the end is reached."""
    stream = S3Object(*put(TEXT), boto3_client=s3)

    assert stream.read(5) == b"first"
    assert stream.read(size) == TEXT[5:]
    assert stream.read(size) == b""
    assert stream.read(7) == b""
    assert stream.tell() == len(TEXT)


def test_lines_are_read_like_those_of_a_file(put, s3):
    """STR-4: readline stops at a size, readlines behind its hint."""
    where = put(TEXT)
    stream = S3Object(*where, boto3_client=s3)

    assert stream.readline(3) == b"fir"
    assert stream.readline(None) == b"st\n"
    assert stream.readlines(3) == [b"second\n"]
    assert stream.readlines() == [b"\n", b"fourth without an end"]
    assert stream.readline() == b""
    assert S3Object(*where, boto3_client=s3).readlines(None) == TEXT.splitlines(keepends=True)


def test_iteration_gives_lines_and_keeps_the_position(put, s3):
    """STR-5, STR-12: next(), read() and readline() share one position, which tell() gives after each."""
    stream = S3Object(*put(TEXT), boto3_client=s3)

    assert next(stream) == b"first\n"
    assert stream.tell() == 6
    assert stream.read(3) == b"sec"
    assert next(iter(stream)) == b"ond\n"
    assert stream.tell() == 13
    assert list(stream) == [b"\n", b"fourth without an end"]
    assert stream.tell() == len(TEXT)
    with pytest.raises(StopIteration):
        next(stream)


def test_bad_seeks_are_refused_and_move_nothing(put, s3, requests):
    """STR-6, STR-8: an unknown whence and a negative position are ValueErrors."""
    stream = S3Object(*put(TEXT), boto3_client=s3)
    stream.seek(4)

    with pytest.raises(ValueError, match=r"0 \(SEEK_SET\), 1 \(SEEK_CUR\) or 2 \(SEEK_END\), not 9"):
        stream.seek(0, 9)
    with pytest.raises(ValueError, match="not negative: -1"):
        stream.seek(-5, io.SEEK_CUR)

    assert stream.tell() == 4
    assert requests == []


@pytest.mark.parametrize("content", [b"", TEXT], ids=["empty", "filled"])
def test_behind_the_end_there_is_nothing(put, s3, content):
    """STR-8: reading at or behind the end, and in an empty object, gives no bytes."""
    stream = S3Object(*put(content), boto3_client=s3)

    assert stream.seek(500_000) == 500_000
    assert stream.read(1) == b""
    assert stream.readlines() == []
    stream.seek(0, io.SEEK_END)
    assert stream.read() == b""
    stream.seek(0)
    assert stream.read() == content
    assert stream.size == len(content)


def test_other_client_errors_are_the_caller_s(s3):
    """STR-9: a missing key is botocore's error."""
    with pytest.raises(ClientError) as caught:
        S3Object("streaming-tests", "no-such-key", boto3_client=s3).read()

    assert caught.value.response["Error"]["Code"] == "NoSuchKey"


@pytest.mark.parametrize("position", [0, 7])
def test_size_is_known_from_a_read(put, s3, requests, position):
    """STR-10: the first answer tells the size, no other request does."""
    stream = S3Object(*put(TEXT), boto3_client=s3)
    stream.seek(position)
    stream.read(1)

    assert stream.size == len(TEXT)
    assert stream.seek(0, io.SEEK_END) == len(TEXT)
    assert requests.names == ["GetObject"]


def test_size_alone_is_one_head_request(put, s3, requests):
    """STR-10: without an answer so far HeadObject is asked, once, without the options that only GetObject has."""
    bucket, key = put(TEXT)
    options = {"ExpectedBucketOwner": "123456789012", "RequestPayer": "requester"}
    stream = S3Object(bucket, key, boto3_client=s3, NoSuchOption="x", **options)

    assert [stream.size, stream.size] == [len(TEXT)] * 2
    assert requests == [("HeadObject", {"Bucket": bucket, "Key": key, **options})]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"Range": "bytes=0-9"}, "Range is set by the stream"),
        ({"read_ahead": -1}, "read_ahead"),
        ({"part_size": 0}, "part"),
    ],
)
def test_bad_options_are_refused_at_once(options, message):
    """STR-11: a Range, and numbers that make no sense, are ValueErrors of the constructor."""
    with pytest.raises(ValueError, match=message):
        S3Object("bucket", "key", **options)


def test_streams_cannot_be_written(put, s3):
    """The write side and fileno raise NotImplementedError, on the object and on its raw stream."""
    stream = S3Object(*put(TEXT), boto3_client=s3)

    for target in (stream, stream.raw_stream):
        for call in (lambda t: t.write(b""), lambda t: t.writelines([]), lambda t: t.truncate(), lambda t: t.flush()):
            with pytest.raises(NotImplementedError, match="not writable"):
                call(target)
        with pytest.raises(NotImplementedError, match="not backed by a file descriptor"):
            target.fileno()


def test_raw_stream_gives_its_client_and_body(put, s3, requests):
    """Without transformations the object reads the raw stream itself, which gives away its client and open body."""
    bucket, key = put(TEXT)
    stream = S3Object(bucket, key, boto3_client=s3)

    assert type(stream.transformed_stream) is _S3SeekableIO
    assert stream.raw_stream is stream.transformed_stream
    assert (stream.raw_stream.bucket, stream.raw_stream.key, stream.name) == (bucket, key, f"s3://{bucket}/{key}")
    assert (stream.mode, stream.raw_stream.mode) == ("rb", "rb")
    assert stream.raw_stream.s3_client is s3
    assert stream.raw_stream.raw_stream.read(5) == b"first"
    assert requests.ranges == ["bytes=0-"]


def test_raw_stream_fills_a_buffer(put, s3):
    """Both readinto and read1 take what is there and advance the position."""
    raw = _S3SeekableIO(*put(TEXT), boto3_client=s3)
    target = bytearray(4)

    assert raw.readinto(target) == 4
    assert bytes(target) == b"firs"
    assert raw.read1(2) == b"t\n"
    assert raw.tell() == 6
