"""Signatures are those that AWS published for its algorithm, for whichever HTTP client."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore.auth
import botocore.session
import httpx
import pytest
import requests
from botocore.credentials import Credentials, RefreshableCredentials

from lambda_powertools.auth import SigV4Signer, sigv4
from lambda_powertools.auth.exceptions import AuthConfigError, SigningError

SUITE = json.loads((Path(__file__).parent / "data" / "sigv4.json").read_text(encoding="utf-8"))
HOST = "https://example.amazonaws.com"


@pytest.fixture
def at_the_time(monkeypatch):
    """Let botocore sign at the time of the published signatures."""
    moment = dt.datetime.fromisoformat(SUITE["time"].replace("Z", "+00:00"))
    if hasattr(botocore.auth, "get_current_datetime"):
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda **_: moment.replace(tzinfo=None))
    else:

        class Frozen(dt.datetime):
            @classmethod
            def utcnow(cls):
                return moment.replace(tzinfo=None)

        monkeypatch.setattr(botocore.auth.datetime, "datetime", Frozen)


def signer(token=None, **options):
    credentials = Credentials(SUITE["access_key"], SUITE["secret_key"], token)
    given = {"service": SUITE["service"], "region": SUITE["region"], "credentials": credentials, **options}
    return SigV4Signer(given.pop("service"), **given)


@pytest.mark.parametrize("case", SUITE["headers"], ids=lambda case: case["name"])
def test_published_signatures(at_the_time, case):
    """The header has the published signature of the published headers."""
    headers = signer(case.get("token")).sign(
        case["method"], HOST + case["target"], headers=case.get("headers"), body=case.get("body")
    )

    assert headers["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders={case['signed']}, Signature={case['signature']}"
    )
    assert headers["X-Amz-Date"] == "20150830T123600Z"
    assert headers.get("X-Amz-Security-Token") == case.get("token")
    assert (case.get("headers") or {}).items() <= headers.items()


@pytest.mark.parametrize("case", SUITE["queries"], ids=lambda case: case["name"])
def test_published_signatures_in_urls(at_the_time, case):
    """A presigned URL has the published signature."""
    url = signer().presign(case["method"], HOST + case["target"], expires_seconds=case["expires"])

    assert parse_qs(urlsplit(url).query)["X-Amz-Signature"] == [case["signature"]]


def sent_by_requests(auth, **options):
    return requests.Request("POST", f"{HOST}/?b=1&a=2", auth=auth, **options).prepare().headers


def sent_by_httpx(auth, **options):
    seen = []
    transport = httpx.MockTransport(lambda request: seen.append(request) or httpx.Response(200))
    with httpx.Client(transport=transport, auth=auth) as client:
        client.post(f"{HOST}/?b=1&a=2", **options)
    return seen[0].headers


def sent_by_async_httpx(auth, **options):
    seen = []
    transport = httpx.MockTransport(lambda request: seen.append(request) or httpx.Response(200))

    async def main():
        async with httpx.AsyncClient(transport=transport, auth=auth) as client:
            await client.post(f"{HOST}/?b=1&a=2", **options)

    asyncio.run(main())
    return seen[0].headers


@pytest.mark.parametrize("send", [sent_by_requests, sent_by_httpx, sent_by_async_httpx])
def test_signer_is_an_auth_of_http_clients(at_the_time, send):
    """`auth=signer` signs what the client sends: host, type, body and AWS headers, and nothing that proxies change."""
    headers = send(
        signer("a-session-token"),
        data={"Param1": "value1"},
        headers={"X-Amz-Target": "Orders.Get", "Authorization": "Basic old", "User-Agent": "mine"},
    )
    expected = signer("a-session-token").sign(
        "POST",
        f"{HOST}/?b=1&a=2",
        headers={"X-Amz-Target": "Orders.Get", "Content-Type": "application/x-www-form-urlencoded"},
        body=b"Param1=value1",
    )

    assert headers["Authorization"] == expected["Authorization"]
    assert "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target," in headers["Authorization"]
    assert headers["X-Amz-Security-Token"] == "a-session-token"
    assert headers["User-Agent"] == "mine"


@pytest.mark.parametrize("send", [sent_by_requests, sent_by_httpx])
def test_signing_again_replaces_the_signature(at_the_time, send):
    """A request that is sent twice, after a redirect for instance, has one signature."""
    signing = signer()

    headers = send(lambda request: signing(signing(request)))
    assert headers["Authorization"] == send(signing)["Authorization"]


def test_moto_accepts_a_signed_request(moto_url, monkeypatch):
    """A request to S3 that requests sends and this package signs is answered like one of the SDK."""
    keys = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
    s3 = boto3.client("s3", endpoint_url=moto_url, region_name="us-east-1", **keys)
    s3.create_bucket(Bucket="signed")
    auth = SigV4Signer("s3", region="us-east-1", credentials=Credentials(*keys.values()))

    put = requests.put(f"{moto_url}/signed/a%20b", data=b"content", auth=auth, timeout=30)
    read = requests.get(auth.presign("GET", f"{moto_url}/signed/a%20b"), timeout=30)

    assert (put.status_code, read.content) == (200, b"content")
    assert s3.get_object(Bucket="signed", Key="a b")["Body"].read() == b"content"


def test_streams_cannot_be_signed():
    """A body that is not there yet is an error, before anything is sent."""

    async def parts():
        yield b"a"

    with pytest.raises(AuthConfigError, match="stream"):
        sent_by_requests(signer(), data=iter([b"a"]))
    with pytest.raises(AuthConfigError, match="stream"):
        sent_by_async_httpx(signer(), content=parts())


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("GE T", HOST), "method"),
        ((None, HOST), "method"),
        (("GET", "ftp://secret"), "url"),
        (("GET", "https://[secret"), "url"),
        (("GET", None), "url"),
    ],
)
def test_arguments_are_checked(arguments, word):
    """Method and URL are checked, and the message shows neither."""
    for call in (signer().sign, signer().presign):
        with pytest.raises(ValueError, match=word) as error:
            call(*arguments)
        assert "secret" not in str(error.value)
        assert error.value.__context__ is None


@pytest.mark.parametrize("seconds", [0, -1, 604801, True, 1.5, "60"])
def test_life_of_urls_is_checked(seconds):
    """Up to a week, in whole seconds."""
    with pytest.raises(ValueError, match="expires_seconds"):
        signer().presign("GET", HOST, expires_seconds=seconds)


@pytest.mark.parametrize("options", [{"service": ""}, {"service": None}, {"region": " "}])
def test_options_are_checked(options):
    """Service and region are texts."""
    with pytest.raises(AuthConfigError):
        signer(**options)


def no_configuration(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def test_region_and_credentials_of_the_environment(monkeypatch, tmp_path):
    """In a function both come from its environment."""
    no_configuration(monkeypatch, tmp_path)
    with pytest.raises(SigningError):
        SigV4Signer("es", region="eu-west-1").sign("GET", HOST)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDOTHER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    with pytest.raises(AuthConfigError, match="AWS_REGION"):
        SigV4Signer("es").sign("GET", HOST)
    monkeypatch.setenv("AWS_REGION", "eu-south-2")

    headers = SigV4Signer("es").sign("GET", HOST)
    assert re.search(r"Credential=AKIDOTHER/\d{8}/eu-south-2/es/aws4_request", headers["Authorization"])


@pytest.mark.parametrize("kind", [boto3.session.Session, botocore.session.Session])
def test_region_and_credentials_of_a_session(monkeypatch, tmp_path, kind):
    """A session that is given is asked for both."""
    no_configuration(monkeypatch, tmp_path)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-south-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDSESSION")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")

    headers = SigV4Signer("es", session=kind()).sign("GET", HOST)
    assert re.search(r"Credential=AKIDSESSION/\d{8}/eu-south-1/es", headers["Authorization"])


def test_credentials_of_a_role_are_refreshed():
    """Each request is signed with the credentials of its time."""
    number = iter(range(10))

    def fetch():
        expiry = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=1)
        return {
            "access_key": f"AKID{next(number)}",
            "secret_key": "x",
            "token": "t",
            "expiry_time": (expiry + dt.timedelta(days=1, seconds=2)).isoformat(),
        }

    role = RefreshableCredentials.create_from_metadata(fetch(), fetch, "test", advisory_timeout=900)
    signing = signer(credentials=role)
    used = [signing.sign("GET", HOST)["Authorization"].split("Credential=")[1][:5] for _ in range(2)]

    assert used[0] != used[1]


def test_failing_credentials_show_nothing():
    """Whatever goes wrong in a source of credentials, it is the package's exception, without a chain."""

    class Broken:
        def get_frozen_credentials(self):
            raise RuntimeError("secret")

    with pytest.raises(SigningError) as error:
        signer(credentials=Broken()).sign("GET", HOST)
    assert error.value.__cause__ is error.value.__context__ is None
    assert "secret" not in str(error.value)


def test_missing_sdk_names_the_extra(monkeypatch):
    """Without botocore the first use says what to install."""
    monkeypatch.setattr(sigv4, "_loaded", None)
    monkeypatch.setitem(sys.modules, "botocore", None)
    monkeypatch.setitem(sys.modules, "botocore.auth", None)
    monkeypatch.setitem(sys.modules, "botocore.awsrequest", None)

    with pytest.raises(ImportError, match=r"lambda-powertools-auth\[aws-sdk\]"):
        signer().sign("GET", HOST)
