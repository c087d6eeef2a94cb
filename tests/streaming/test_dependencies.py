from __future__ import annotations

import io
import subprocess
import sys

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from lambda_powertools.streaming import S3Object, _s3_seekable_io, compat, constants, types
from lambda_powertools.streaming.transformations import ZstdTransform, base, csv, gzip, zip  # noqa: A004  # its name

LAZY = ("boto3", "botocore", "gzip", "zipfile", "csv", "json", "zstandard", "concurrent.futures", "asyncio", "inspect")


def test_import_and_construction_load_nothing_heavy():
    """Neither the SDK nor the module of any format is loaded before it is used."""
    code = (
        "import sys; from lambda_powertools.streaming import S3Object, transformations; "
        "S3Object('bucket', 'key', is_gzip=True, is_csv=True, read_ahead=2).close(); print(*sys.modules)"
    )

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert [name for name in LAZY if name in loaded] == []


def test_missing_boto3_is_named_with_the_extra(monkeypatch):
    """Without boto3 and without a client the first request says what to install."""
    monkeypatch.setitem(sys.modules, "boto3", None)
    stream = S3Object("bucket", "key")

    with pytest.raises(ImportError, match=r'pip install "lambda-powertools-streaming\[aws-sdk\]"'):
        stream.read()


def test_missing_zstandard_is_named_with_the_extra(monkeypatch):
    """The extra of Zstandard is asked for when a stream is to be decompressed."""
    monkeypatch.setitem(sys.modules, "zstandard", None)

    with pytest.raises(ImportError, match=r'pip install "lambda-powertools-streaming\[zstd\]"'):
        ZstdTransform().transform(io.BytesIO())


def test_client_is_made_when_needed(monkeypatch, moto_url, put):
    """STR-1: without a client one of the default session is made at the first request."""
    for name, value in {
        "AWS_ENDPOINT_URL": moto_url,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)

    assert S3Object(*put(b"content")).read() == b"content"


def test_stubbed_client_sees_exactly_the_first_request():
    """A stub that expects bucket, key and range is satisfied, and answers without an ETag are read too."""
    s3 = boto3.client("s3", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(s3) as stub:
        for start in (0, 400_000):
            body = StreamingBody(io.BytesIO(b"content"), 7)
            stub.add_response("get_object", {"Body": body}, {"Bucket": "b", "Key": "k", "Range": f"bytes={start}-"})
        stub.add_response("head_object", {"ContentLength": 7}, {"Bucket": "b", "Key": "k"})
        stream = S3Object("b", "k", boto3_client=s3)

        assert stream.read() == b"content"
        stream.seek(400_000)
        assert stream.read(3) == b"con"
        assert stream.size == 7
        stub.assert_no_pending_responses()


def test_client_without_events_or_a_model_is_used_as_it_is():
    """A stand-in for the client that answers get_object and head_object is enough."""

    class Client:
        def get_object(self, **parameters):
            return {"Body": io.BytesIO(b"content"), "ContentLength": 7}

        def head_object(self, **parameters):
            return {"ContentLength": len(parameters)}

    assert S3Object("b", "k", boto3_client=Client()).read() == b"content"
    assert S3Object("b", "k", boto3_client=Client(), Anything=1).size == 3


def test_error_that_is_no_broken_connection_is_not_retried():
    """Any other error of the body is raised at once, and the next read opens a new body at the same position."""
    opened = []

    class Body(io.BytesIO):
        def read(self, size=-1):
            if len(opened) == 1:
                raise KeyError("odd")
            return super().read(size)

    class Client:
        def get_object(self, **parameters):
            opened.append(parameters["Range"])
            return {"Body": Body(b"content")}

    stream = S3Object("b", "k", boto3_client=Client())
    with pytest.raises(KeyError):
        stream.read(3)

    assert stream.read(3) == b"con"
    assert opened == ["bytes=0-", "bytes=0-"]


def test_known_module_paths_lead_here():
    """Code that imported from submodules finds the same names there."""
    assert compat.PowertoolsStreamingBody is StreamingBody
    assert constants.MESSAGE_STREAM_NOT_WRITABLE
    assert types.T.__name__ == "T"
    assert issubclass(gzip.GzipTransform, base.BaseTransform)
    assert issubclass(csv.CsvTransform, base.BaseTransform)
    assert issubclass(zip.ZipTransform, base.BaseTransform)
    assert issubclass(S3Object, io.IOBase) is False
    assert _s3_seekable_io._S3SeekableIO("bucket", "key").closed is False
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        compat.Nothing  # noqa: B018  # the access is what is tested
