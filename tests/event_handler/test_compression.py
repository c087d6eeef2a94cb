from __future__ import annotations

import base64
import gzip
import tracemalloc
import zlib

import pytest

from lambda_powertools.event_handler import APIGatewayRestResolver, Response
from lambda_powertools.event_handler import _compression as compression

TEXT = "a" * 1000


def ask(app, accept="gzip", **event):
    headers = {"accept-encoding": accept} if accept else {}
    return app.resolve({"path": "/x", "httpMethod": "GET", "headers": headers, **event}, None)


def build(result, **options):
    app = APIGatewayRestResolver()
    app.get("/x", **options)(lambda: result)
    return app


@pytest.mark.parametrize(
    ("accept", "compressed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("gzip;q=nonsense", False),
        ("br", False),
        ("", False),
        (None, False),
    ],
)
def test_client_decides(accept, compressed):
    """EHH-51: only for clients that accept gzip, whose quality is not 0; caches are told in either case."""
    result = ask(build(TEXT, compress=True), accept)

    assert result["isBase64Encoded"] is compressed
    assert ("Content-Encoding" in result["multiValueHeaders"]) is compressed
    assert result["multiValueHeaders"]["Vary"] == ["Accept-Encoding"]
    body = gzip.decompress(base64.b64decode(result["body"])).decode() if compressed else result["body"]
    assert body == TEXT


@pytest.mark.parametrize(
    "headers",
    [
        {"multiValueHeaders": {"Accept-Encoding": ["br", "gzip"]}, "headers": None},
        {"multiValueHeaders": None, "headers": {"ACCEPT-ENCODING": "gzip"}},
        {"multiValueHeaders": {"x": ["1"]}, "headers": {"Accept-Encoding": "gzip"}},
    ],
)
def test_header_is_found_in_either_place(headers):
    """EHH-51: in the multi-value headers first, in the others second."""
    assert ask(build(TEXT, compress=True), **headers)["isBase64Encoded"] is True


@pytest.mark.parametrize(
    ("route", "response", "compressed"), [(True, False, False), (False, True, True), (True, None, True)]
)
def test_response_decides_over_the_route(route, response, compressed):
    """EHH-51: the response's own wish counts, else the route's."""
    app = build(Response(200, "text/plain", TEXT, compress=response), compress=route)

    assert ask(app)["isBase64Encoded"] is compressed


@pytest.mark.parametrize(
    "result",
    [
        Response(204),
        Response(204, body=""),
        Response(304, body=""),
        Response(200, body=TEXT, headers={"content-encoding": "br"}),
    ],
)
def test_what_should_not_be_compressed_is_left_alone(result):
    """EHH-51: no body, a status without one, or a body that is encoded already."""
    assert ask(build(result, compress=True))["isBase64Encoded"] is False


def test_binary_bodies_are_compressed_too():
    """EHH-51: bytes are compressed as well, and encoded once."""
    result = ask(build(Response(200, "image/bmp", b"\x00" * 999), compress=True))

    assert gzip.decompress(base64.b64decode(result["body"])) == b"\x00" * 999


def test_answer_to_an_unknown_path_is_not_compressed():
    """EHH-52: the default 404 is sent as it is."""
    assert ask(build(TEXT, compress=True), path="/unknown")["isBase64Encoded"] is False


def test_same_body_gives_the_same_bytes():
    """No time is in what is sent, so that caches see equal answers as equal."""
    app = build(TEXT, compress=True)

    assert ask(app) == ask(app)


def test_huge_body_is_not_compressed(monkeypatch):
    """Beyond a limit compression would only cost time: Lambda takes 6 MB."""
    monkeypatch.setattr(compression, "COMPRESSION_LIMIT", 999)

    assert ask(build(TEXT, compress=True))["isBase64Encoded"] is False


def upload(body, coding, limit=2000, encoded=True):
    app = APIGatewayRestResolver(max_decompressed_size=limit)
    app.post("/x")(lambda: [app.current_event.decoded_body, sorted(app.current_event.headers)])
    event = {
        "path": "/x",
        "httpMethod": "POST",
        "headers": {"Content-Encoding": coding, "Content-Length": "7", "X": "1"},
        "body": base64.b64encode(body).decode() if encoded else body,
        "isBase64Encoded": encoded,
    }
    return app.resolve(event, None)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT.encode())),
        ("GZIP", gzip.compress(TEXT.encode())),
        ("deflate", zlib.compress(TEXT.encode())),
    ],
    ids=["gzip", "GZIP", "deflate"],
)
def test_request_is_decompressed_where_a_limit_is_given(coding, body):
    """With a limit the function sees the body itself, and no header that says otherwise."""
    assert upload(body, coding)["body"] == f'["{TEXT}",["x"]]'


def test_request_stays_as_it_is_without_a_limit():
    """Without a limit bodies are the function's business."""
    body = gzip.compress(b"text")
    app = APIGatewayRestResolver()
    app.post("/x")(lambda: app.current_event.body)
    encoded = base64.b64encode(body).decode()

    event = {"path": "/x", "httpMethod": "POST", "headers": {"Content-Encoding": "gzip"}, "body": encoded}

    assert app.resolve(event, None)["body"] == encoded


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (gzip.compress(b"a" * 2001), 413),
        (gzip.compress(b"a" * 2000), 200),
        (b"no gzip at all", 400),
        (gzip.compress(b"abc" * 99)[:-9], 400),
    ],
    ids=["too large", "just fits", "no gzip", "cut off"],
)
def test_body_that_is_too_large_or_broken_is_refused(body, status):
    """413 beyond the limit, 400 for what is not what its header says; the route does not run."""
    assert upload(body, "gzip")["statusCode"] == status


def test_bomb_is_not_unpacked():
    """A small body that would unpack to a gigabyte takes little more memory than the limit."""
    bomb = gzip.compress(b"\x00" * 50_000_000)
    tracemalloc.start()
    try:
        assert upload(bomb, "gzip", limit=100_000)["statusCode"] == 413
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
