from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import zipfile
import zlib

import pytest
import zstandard

from lambda_powertools.streaming import S3Object
from lambda_powertools.streaming.transformations import (
    BaseTransform,
    CsvTransform,
    GzipTransform,
    JsonlTransform,
    ZipTransform,
    ZstdTransform,
)

TEXT = b"".join(b"%d,line %d\n" % (number, number) for number in range(40_000))
PREFIX = b"some bytes before"


def test_flags_decompress_and_then_read_rows(put, s3):
    """STR-30: is_gzip and is_csv work alone and together."""
    rows = b"id;name\n1;Ada\n"

    assert S3Object(*put(gzip.compress(rows)), boto3_client=s3, is_gzip=True).read() == rows
    assert list(S3Object(*put(b"id\n1\n"), boto3_client=s3, is_csv=True)) == [{"id": "1"}]
    assert list(S3Object(*put(gzip.compress(b"id\n1\n")), boto3_client=s3, is_gzip=True, is_csv=True)) == [{"id": "1"}]


def test_transform_leaves_the_object_as_it_is(put, s3):
    """STR-31: the result starts from the raw stream, without what the object has in place, and shares its position."""
    stream = S3Object(*put(gzip.compress(b"a\n1\n2\n")), boto3_client=s3, is_csv=True)

    rows = stream.transform([GzipTransform(), CsvTransform()])

    assert list(rows) == [{"a": "1"}, {"a": "2"}]
    assert stream.raw_stream.tell() == stream.size
    stream.raw_stream.seek(0)
    assert stream.transform(GzipTransform()).read() == b"a\n1\n2\n"


def test_transform_in_place_is_appended(put, s3):
    """STR-32: it returns None, follows what is there, and takes effect at the next read even after one."""
    stream = S3Object(*put(gzip.compress(b"id\n1\n")), boto3_client=s3, is_gzip=True)
    assert stream.read(2) == b"id"
    stream.raw_stream.seek(0)

    assert stream.transform(CsvTransform(), in_place=True) is None

    assert list(stream) == [{"id": "1"}]


def test_transformation_begins_at_the_current_position(put, s3):
    """STR-33: after a seek only the tail of a CSV is read."""
    stream = S3Object(*put(b"id,name\n1,Ada\n2,Bob\n"), boto3_client=s3)
    stream.seek(-6, io.SEEK_END)
    stream.transform(CsvTransform(fieldnames=["id", "name"]), in_place=True)

    assert list(stream) == [{"id": "2", "name": "Bob"}]


class Bz2Transform(BaseTransform[bz2.BZ2File]):
    """A transformation of a user."""

    def transform(self, input_stream):
        return bz2.BZ2File(input_stream, **self.transform_options)


@pytest.mark.parametrize(
    ("compress", "transformation"),
    [
        (gzip.compress, GzipTransform()),
        (zstandard.compress, ZstdTransform()),
        (bz2.compress, Bz2Transform()),
    ],
    ids=["gzip", "zstd", "bz2"],
)
def test_decompressed_streams_seek_from_where_they_began(put, s3, compress, transformation):
    """STR-33, STR-34, STR-37: positions are of decompressed bytes, also when the data begins inside the object."""
    stream = S3Object(*put(PREFIX + compress(TEXT)), boto3_client=s3)
    stream.seek(len(PREFIX))
    stream.transform(transformation, in_place=True)

    assert stream.seekable()
    assert stream.readable()
    assert stream.seek(300_000) == 300_000
    assert stream.read(5) == TEXT[300_000:300_005]
    assert stream.seek(7) == 7
    assert stream.tell() == 7
    assert stream.readline() == TEXT[7:].split(b"\n")[0] + b"\n"
    assert stream.seek(-3, io.SEEK_END) == len(TEXT) - 3
    assert stream.read() == TEXT[-3:]
    assert stream.seek(len(TEXT) + 100) == len(TEXT)
    stream.seek(0)
    assert list(stream) == TEXT.splitlines(keepends=True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        gzip.compress(b""),
        gzip.compress(TEXT) + gzip.compress(b"more") + bytes(100_000),
        gzip.compress(b"a") + bytes(70_000) + gzip.compress(b"b") + bytes(3),
        b"".join(gzip.compress(line) for line in TEXT[:3000].splitlines(keepends=True)),
        gzip.compress(bytes(5_000_000)),
    ],
    ids=["nothing", "empty", "members and padding", "padding between", "many members", "dense"],
)
def test_gzip_reads_what_the_standard_library_reads(put, s3, content):
    """STR-34: members one after another and zero padding are read as gzip.GzipFile reads them."""
    expected = gzip.GzipFile(fileobj=io.BytesIO(content)).read()
    stream = S3Object(*put(content), boto3_client=s3, is_gzip=True)

    assert isinstance(stream.transformed_stream, gzip.GzipFile)
    assert b"".join(iter(lambda: stream.read(70_001), b"")) == expected
    assert stream.read() == b""


@pytest.mark.parametrize(
    ("compress", "transformation"), [(gzip.compress, GzipTransform()), (zstandard.compress, ZstdTransform())]
)
def test_negative_position_of_decompressed_bytes_is_refused(put, s3, compress, transformation):
    """STR-34: a seek before the start is a ValueError."""
    stream = S3Object(*put(compress(TEXT)), boto3_client=s3)
    stream.transform(transformation, in_place=True)

    with pytest.raises(ValueError, match="negative"):
        stream.seek(-len(TEXT) - 1, io.SEEK_END)


def test_gzip_file_offers_every_way_to_read(put, s3):
    """STR-34: peek, read1, readinto, next and rewind share one position."""
    file = S3Object(*put(gzip.compress(TEXT, mtime=1234)), boto3_client=s3).transform(GzipTransform())

    assert file.peek(1)[:1] == b"0"
    assert file.read1(3) == b"0,l"
    target = bytearray(2)
    assert (file.readinto(target), bytes(target)) == (2, b"in")
    assert (file.readinto1(target), bytes(target)) == (2, b"e ")
    assert next(file) == b"0\n"
    assert file.tell() == 9
    file.rewind()
    assert file.readline(3) == b"0,l"
    assert file.mtime == 1234


GZIPPED = gzip.compress(b"some text that is long enough" * 10)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"no gzip at all", gzip.BadGzipFile),
        (bytes(20), gzip.BadGzipFile),
        (GZIPPED[:-8] + bytes(4) + GZIPPED[-4:], gzip.BadGzipFile),
        (GZIPPED[:-4] + bytes(4), gzip.BadGzipFile),
        (GZIPPED + b"garbage after it", gzip.BadGzipFile),
        (GZIPPED[:-10], EOFError),
        (GZIPPED[:4], EOFError),
        (GZIPPED[:10] + b"\xff" * 20, zlib.error),
    ],
    ids=["no gzip", "zeros", "checksum", "length", "garbage", "cut", "cut header", "broken data"],
)
def test_bad_gzip_is_the_error_of_the_standard_library(put, s3, content, error):
    """STR-34: bad content raises what gzip.GzipFile raises for it, and goes on doing so."""
    with pytest.raises(error):
        gzip.GzipFile(fileobj=io.BytesIO(content)).read()
    stream = S3Object(*put(content), boto3_client=s3, is_gzip=True)

    for _ in range(2):
        with pytest.raises(error):
            stream.read()


def test_rows_come_as_the_options_say(put, s3):
    """STR-35: encoding, delimiter and fieldnames are honoured, every time the instance is used."""
    transformation = CsvTransform(encoding="latin-1", delimiter="\t", fieldnames=["id", "name"])
    stream = S3Object(*put("1\tZoë\n".encode("latin-1")), boto3_client=s3)

    for _ in range(2):
        stream.seek(0)
        rows = stream.transform(transformation)
        assert isinstance(rows, csv.DictReader)
        assert list(rows) == [{"id": "1", "name": "Zoë"}]


def test_quoted_line_breaks_survive(put, s3):
    """STR-35: a line break in a field is kept byte by byte, unless newline says otherwise."""
    stream = S3Object(*put(b'id,text\r\n1,"a\r\nb"\r\n'), boto3_client=s3)

    assert [row["text"] for row in stream.transform(CsvTransform())] == ["a\r\nb"]
    stream.seek(0)
    rows = stream.transform([CsvTransform(newline="\r\n")])
    assert next(rows)["id"] == "1"


def test_bytes_of_another_encoding_are_an_error(put, s3):
    """Content that cannot be decoded raises UnicodeDecodeError."""
    with pytest.raises(UnicodeDecodeError):
        list(S3Object(*put(b"id\n\xff\n"), boto3_client=s3, is_csv=True))


def archive(members, compression=zipfile.ZIP_STORED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return content.getvalue()


def test_archive_fetches_what_is_opened(put, s3, requests):
    """STR-36: the directory and the member that is read, not the members before it."""
    content = archive({"big": bytes(2_000_000), "small.txt": b"hello", "also big": bytes(1_000_000)})
    with S3Object(*put(content), boto3_client=s3) as stream, stream.transform(ZipTransform()) as file:
        assert file.namelist() == ["big", "small.txt", "also big"]
        assert file.read("small.txt") == b"hello"

    assert all(int(item.removeprefix("bytes=").rstrip("-")) > 1_900_000 for item in requests.ranges)
    assert len(requests.ranges) <= 4


def test_archive_is_found_from_any_position(put, s3):
    """STR-36: the position at which the transformation is applied is of no matter."""
    stream = S3Object(*put(archive({"a": b"first", "b": b"second"}, zipfile.ZIP_DEFLATED)), boto3_client=s3)
    stream.read(20)

    file = stream.transform(ZipTransform())

    assert [file.read(name) for name in ("b", "a")] == [b"second", b"first"]
    with pytest.raises(zipfile.BadZipFile):
        S3Object(*put(b"no archive"), boto3_client=s3).transform(ZipTransform())


@pytest.mark.parametrize("in_place", [False, True])
def test_nothing_follows_an_archive(s3, in_place):
    """STR-36: a transformation after ZipTransform is a ValueError, in a sequence and added later."""
    stream = S3Object("streaming-tests", "key", boto3_client=s3)

    with pytest.raises(ValueError, match="nothing can follow a ZipTransform"):
        stream.transform([ZipTransform(), CsvTransform()], in_place=in_place)
    stream.transform(ZipTransform(), in_place=True)
    with pytest.raises(ValueError, match="nothing can follow a ZipTransform"):
        stream.transform(CsvTransform(), in_place=True)


def test_own_transformation_gets_a_stream_that_io_accepts(put, s3):
    """STR-37: TextIOWrapper and BufferedReader work on it, flush does nothing, and it has read1 and readinto."""
    seen = {}

    class Look(BaseTransform[str]):
        def transform(self, input_stream):
            seen.update(
                readable=input_stream.readable(),
                writable=input_stream.writable(),
                seekable=input_stream.seekable(),
                closed=input_stream.closed,
                flushed=input_stream.flush(),
                read1=input_stream.read1(2),
                readline=input_stream.readline(),
                filled=input_stream.readinto(bytearray(2)),
                filled1=input_stream.readinto1(bytearray(1)),
                options=self.transform_options,
            )
            input_stream.seek(0)
            return io.TextIOWrapper(io.BufferedReader(input_stream)).read()

    stream = S3Object(*put(b"one\ntwo\n"), boto3_client=s3)

    assert stream.transform(Look(key="value")) == "one\ntwo\n"
    assert seen == {
        "readable": True,
        "writable": False,
        "seekable": True,
        "closed": False,
        "flushed": None,
        "read1": b"on",
        "readline": b"e\n",
        "filled": 2,
        "filled1": 1,
        "options": {"key": "value"},
    }


@pytest.mark.parametrize("method", ["read", "readline", "readlines", "tell"])
def test_missing_method_names_the_transformation(put, s3, method):
    """STR-38: what rows cannot do is io.UnsupportedOperation, and asking whether they can is answered."""
    stream = S3Object(*put(b"id\n1\n"), boto3_client=s3, is_csv=True)

    with pytest.raises(io.UnsupportedOperation, match=f"{method} is not available after CsvTransform"):
        getattr(stream, method)()
    assert (stream.readable(), stream.writable(), stream.seekable()) == (False, False, False)


def test_json_lines_give_values(put, s3):
    """Each line is a value; blank lines are passed over, options go to json.loads."""
    content = b'{"id": 1.5}\n\n  \n[2]\n"\xc3\xab"'
    stream = S3Object(*put(gzip.compress(content)), boto3_client=s3, is_gzip=True)
    stream.transform(JsonlTransform(parse_float=str), in_place=True)

    assert list(stream) == [{"id": "1.5"}, [2], "ë"]
    assert stream.transformed_stream.line_num == 5


@pytest.mark.parametrize(
    ("line", "error"), [(b"{", json.JSONDecodeError), (b'"\xff"', ValueError)], ids=["no JSON", "no UTF-8"]
)
def test_bad_json_line_is_named_and_skipped(put, s3, line, error):
    """The error says which line it is; the next line can still be read."""
    stream = S3Object(*put(b"1\n" + line + b"\n3\n"), boto3_client=s3)
    values = stream.transform(JsonlTransform())

    assert next(values) == 1
    with pytest.raises(error, match="JSON line 2"):
        next(values)
    assert next(values) == 3


@pytest.mark.parametrize(
    "content",
    [
        zstandard.compress(TEXT) + zstandard.compress(b"more"),
        b"".join(zstandard.compress(line) for line in TEXT[:3000].splitlines(keepends=True)),
        zstandard.compress(bytes(5_000_000)),
        b"",
    ],
    ids=["two frames", "many frames", "dense", "nothing"],
)
def test_zstd_reads_every_frame(put, s3, content):
    """Frames one after another are one stream."""
    reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content), read_across_frames=True)
    stream = S3Object(*put(content), boto3_client=s3)
    stream.transform(ZstdTransform(), in_place=True)

    assert stream.read() == reader.read()


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"no zstd", zstandard.ZstdError), (zstandard.compress(TEXT)[:-5], EOFError)],
    ids=["other bytes", "cut"],
)
def test_bad_zstd_is_an_error(put, s3, content, error):
    """Other content, and a stream that ends too early, are never taken for the whole."""
    stream = S3Object(*put(content), boto3_client=s3)
    stream.transform(ZstdTransform(), in_place=True)

    with pytest.raises(error):
        stream.read()
