"""Access tokens of the client credentials grant, from a server that fails, is slow, and lies."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

import pytest
from identity_server import Answer

from lambda_powertools.auth import OAuth2Client
from lambda_powertools.auth.oauth2 import _exchange
from lambda_powertools.auth.oauth2.exceptions import DownstreamRequestError, TokenExchangeError
from lambda_powertools.core.secrets import redact_secrets

SECRET = "sécret & more:x"  # a secret of these tests


def granted(token="token-1", **changes):  # noqa: S107  # a token of these tests
    return Answer({"access_token": token, "token_type": "Bearer", "expires_in": 3600, **changes})


@pytest.fixture
def make(server):
    """Make a client of the server, which grants a token."""
    server.on("/token", granted())

    def make(**options):
        given = {"token_url": f"{server.url}/token", "client_id": "my id", "client_secret": SECRET}
        return OAuth2Client(**{**given, "timeout_seconds": 10, **options})

    return make


def failure(call):
    with pytest.raises(TokenExchangeError) as error:
        call()
    assert error.value.__cause__ is error.value.__context__ is None
    return error.value


def test_credentials_in_the_header(server, make):
    """AUTH-71: by default they are in the header, form-encoded before base64, and nowhere in the body."""
    client = make(scopes=["a:b", "c"], audience="https://orders")
    assert server.requests == []

    assert client.auth_headers() == {"Authorization": "Bearer token-1"}
    (request,) = server.requests
    assert (request.method, request.headers["content-type"]) == ("POST", "application/x-www-form-urlencoded")
    scheme, encoded = request.headers["authorization"].split()
    assert (scheme, base64.b64decode(encoded)) == ("Basic", b"my+id:s%C3%A9cret+%26+more%3Ax")
    assert parse_qs(request.body.decode()) == {
        "grant_type": ["client_credentials"],
        "scope": ["a:b c"],
        "audience": ["https://orders"],
    }


def test_credentials_in_the_body(server, make):
    """AUTH-71: or they are in the body, and there is no header."""
    make(auth_method="client_secret_post", resource="urn:orders").auth_headers()

    (request,) = server.requests
    assert "authorization" not in request.headers
    assert parse_qs(request.body.decode()) == {
        "grant_type": ["client_credentials"],
        "resource": ["urn:orders"],
        "client_id": ["my id"],
        "client_secret": [SECRET],
    }


def test_token_is_cached(server, make):
    """AUTH-75: one exchange serves all calls of a client, and of that one only."""
    client = make()
    for _ in range(3):
        client.auth_headers()
    assert asyncio.run(client.aauth_headers()) == {"Authorization": "Bearer token-1"}
    assert len(server.requests) == 1

    make().auth_headers()
    assert len(server.requests) == 2


@pytest.mark.parametrize("clock", ["monotonic", "time"])
def test_token_is_renewed_shortly_before_its_end(server, make, monkeypatch, clock):
    """AUTH-75: 30 seconds before, by whichever clock is ahead: one may have stood still in a frozen environment."""
    server.on("/token", granted("first", expires_in=100), granted("second"))
    client = make()
    client.auth_headers()
    moved = {"by": 69.0}
    real = getattr(time, clock)
    monkeypatch.setattr(_exchange.time, clock, lambda: real() + moved["by"])

    assert client.auth_headers()["Authorization"] == "Bearer first"
    moved["by"] = 71.0
    assert client.auth_headers()["Authorization"] == "Bearer second"


@pytest.mark.parametrize("changes", [{"expires_in": 29}, {"expires_in": 0.5}, {"remove": True}], ids=str)
def test_short_lived_tokens_are_not_kept(server, make, changes):
    """AUTH-75: a token that lives for less than 30 seconds, or who knows how long, serves one call."""
    document = {"access_token": "token-1", "token_type": "bearer", **changes}
    document.pop("remove", None)
    server.on("/token", Answer(document))
    client = make()

    assert client.auth_headers() == client.auth_headers() == {"Authorization": "Bearer token-1"}
    assert len(server.requests) == 2


def test_token_that_expired_on_the_way(server, make):
    """AUTH-73, AUTH-75: its life begins with the request; a token that is dead on arrival is none."""
    server.on("/token", Answer(raw=[b"", b"HTTP/1.1 200 OK\r\n", *_chunks(granted(expires_in=0.05).body)], pause=0.1))

    assert not failure(make().auth_headers).retryable


def _chunks(body):
    return [b"Content-Length: %d\r\n\r\n" % len(body), body]


@pytest.mark.parametrize(
    "document",
    [
        {"access_token": "a b", "token_type": "bearer"},
        {"access_token": "a\r\nX: y", "token_type": "bearer"},
        {"access_token": "", "token_type": "bearer"},
        {"access_token": 5, "token_type": "bearer"},
        {"token_type": "bearer"},
        {"access_token": "a", "token_type": "mac"},
        {"access_token": "a", "token_type": None},
        {"access_token": "a"},
        {"access_token": "a", "token_type": "bearer", "expires_in": "3600"},
        {"access_token": "a", "token_type": "bearer", "expires_in": True},
        {"access_token": "a", "token_type": "bearer", "expires_in": 0},
        {"access_token": "a", "token_type": "bearer", "expires_in": -5},
        {"access_token": "a", "token_type": "bearer", "expires_in": None},
        {"access_token": "a", "token_type": "bearer", "expires_in": 10**400},
        {"access_token": "a", "token_type": "bearer", "expires_in": float("inf")},
    ],
    ids=str,
)
def test_answers_without_a_proper_token(server, make, document):
    """AUTH-73: a token that may not stand in a header, of another type, or with a strange life, is none."""
    server.on("/token", Answer(document))

    assert not failure(make().auth_headers).retryable
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["bearer", "Bearer", "BEARER"])
def test_token_type_in_any_case(server, make, kind):
    """AUTH-73: as RFC 6749 has it."""
    server.on("/token", granted(token_type=kind))

    assert make().auth_headers()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_passing_failures_are_tried_again(server, make, status):
    """AUTH-74: up to twice."""
    server.on("/token", Answer(status=status), Answer(status=status), granted())
    assert make().auth_headers()
    assert len(server.requests) == 3

    server.on("/token", Answer(status=status))
    assert failure(make().auth_headers).retryable
    assert len(server.requests) == 6


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404])
def test_lasting_failures_are_not_tried_again(server, make, status):
    """AUTH-74, AUTH-79: a refusal is final, and a redirect would take the secret elsewhere."""
    server.on("/token", Answer({"error": "invalid_client"}, status=status, headers={"Location": "/other"}))

    assert not failure(make().auth_headers).retryable
    assert server.paths() == ["/token"]


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{" + b" " * (1024 * 1024) + b"}"])
def test_garbage_is_not_tried_again(server, make, body):
    """AUTH-42: neither what is no JSON object nor what is too long."""
    server.on("/token", Answer(body))

    assert not failure(make().auth_headers).retryable
    assert len(server.requests) == 1


def test_nobody_there(make):
    """AUTH-74: a port where nobody listens is a failure that may pass."""
    assert failure(make(token_url="https://localhost:1/token").auth_headers).retryable  # no password


def test_slow_server_ends_at_the_deadline(server, make):
    """AUTH-40, AUTH-74: all attempts together have one deadline."""
    gate = threading.Event()
    server.on("/token", Answer(gate=gate))
    started = time.monotonic()

    assert failure(make(timeout_seconds=0.4).auth_headers).retryable
    assert time.monotonic() - started < 15  # the server waits for 20 seconds
    gate.set()


def test_secret_is_asked_for_at_each_attempt(server, make):
    """AUTH-72: a rotated secret is used at once, also between two attempts."""
    secrets = iter(["one-secret", "two-secret"])
    server.on("/token", Answer(status=500), granted())
    make(client_secret=lambda: next(secrets), auth_method="client_secret_post").auth_headers()

    assert [parse_qs(request.body.decode())["client_secret"] for request in server.requests] == [
        ["one-secret"],
        ["two-secret"],
    ]


def _raise():
    raise RuntimeError(SECRET)


@pytest.mark.parametrize("secret", [_raise, lambda: "", lambda: None, lambda: b"x", lambda: "\ud800"])
def test_secret_that_cannot_be_had(server, make, secret):
    """AUTH-72: an exception, or no text, is a failure that is not tried again and shows nothing."""
    assert not failure(make(client_secret=secret).auth_headers).retryable
    assert server.requests == []


def test_secrets_are_masked_in_logs(server, make):
    """The secret, its encoded form and the token are registered, so that nobody who logs them shows them."""
    make().auth_headers()
    encoded = server.requests[0].headers["authorization"].split()[1]

    assert redact_secrets(f"{SECRET}|{encoded}|token-1") == "*****|*****|*****"


def test_logger_masks_them(make):
    """A log line of the project's logger that holds the token has asterisks in its place."""
    from lambda_powertools.logger import Logger  # it is not needed for anything else

    stream = io.StringIO()
    headers = make(client_secret="static-secret").auth_headers()  # a secret of these tests
    Logger(service="auth-test", stream=stream).info("sent", extra={"headers": headers, "by": "static-secret"})

    line = json.loads(stream.getvalue())
    assert (line["headers"], line["by"]) == ({"Authorization": "Bearer *****"}, "*****")


def test_nothing_is_logged(server, make, caplog):
    """No URL, no header and no body of an exchange that fails is in a log."""
    caplog.set_level("DEBUG")
    server.on("/token", Answer({"error": SECRET}, status=500))
    failure(make().auth_headers)

    assert caplog.records == []


@pytest.mark.parametrize("answer", [granted(), granted(expires_in=5), Answer(status=400)], ids=["ok", "short", "bad"])
def test_callers_at_the_same_time_share_an_exchange(server, make, answer):
    """AUTH-76: its token, also one that is not kept, or its failure."""
    gate = threading.Event()
    answer.gate = gate
    server.on("/token", answer)
    client = make()
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(client.auth_headers) for _ in range(8)]
        assert server.arrived.acquire(timeout=10)
        while pool._work_queue.qsize():  # until all of them have begun
            time.sleep(0.01)
        time.sleep(0.2)
        gate.set()
        outcomes = {str(one.exception(20) or one.result()) for one in waiting}

    assert len(outcomes) == 1
    assert len(server.requests) == 1
    if answer.status == 400:
        failure(client.auth_headers)
        assert len(server.requests) == 2


def test_who_waits_has_a_deadline_of_its_own(make):
    """AUTH-76: a caller gives up in time, also when the one it waits for hangs in the function of the secret."""
    entered, gate = threading.Event(), threading.Event()

    def secret():
        entered.set()
        gate.wait(10)
        return "a-secret"

    client = make(client_secret=secret, timeout_seconds=0.3)
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(client.auth_headers)
        assert entered.wait(10)
        assert failure(client.auth_headers).retryable
        gate.set()
        hanging.exception(20)


def test_crashed_exchange_wakes_those_who_wait(make, monkeypatch):
    """An exchange that ends in an exception of any kind is over, and the next one works."""
    client, whole = make(), _exchange._token_in
    monkeypatch.setattr(_exchange, "_token_in", lambda *_: (_ for _ in ()).throw(MemoryError()))
    with pytest.raises(MemoryError):
        client.auth_headers()
    monkeypatch.setattr(_exchange, "_token_in", whole)

    assert client.auth_headers()


def test_request_carries_the_token(server, make):
    """AUTH-78: method, headers and body are sent with the token, and any status is an answer."""
    server.on("/orders", Answer({"error": "gone"}, status=410))
    response = make().request("post", f"{server.url}/orders?a=1", headers={"X-A": "b"}, json={"é": 1})

    request = server.requests[-1]
    assert (response.status, response.json()) == (410, {"error": "gone"})
    assert (request.method, request.path, request.headers["x-a"]) == ("POST", "/orders?a=1", "b")
    assert (request.headers["authorization"], json.loads(request.body)) == ("Bearer token-1", {"é": 1})
    assert request.headers["content-type"] == "application/json"


def test_request_with_fields_and_body(server, make):
    """AUTH-78: the options of urllib3 that say what is sent."""
    server.on("/x", Answer(b"ok"))
    client = make()
    client.request("PUT", f"{server.url}/x", body=b"raw")
    client.request("POST", f"{server.url}/x", fields={"a": "b"}, encode_multipart=False)
    client.request("GET", f"{server.url}/x", fields={"a": "b c"})
    client.request("POST", f"{server.url}/x", fields={"a": "b"}, multipart_boundary="limit")

    sent = server.requests[1:]
    assert [request.body for request in sent[:3]] == [b"raw", b"a=b", b""]
    assert sent[2].path == "/x?a=b+c"
    assert sent[3].headers["content-type"] == "multipart/form-data; boundary=limit"


def test_compressed_response_is_decoded(server, make):
    """AUTH-78: the caller gets what was meant."""
    import gzip  # for this test alone

    server.on("/x", Answer(gzip.compress(b"text"), headers={"Content-Encoding": "gzip"}))

    assert make().request("GET", f"{server.url}/x").data == b"text"


def test_redirects_do_not_take_the_token_along(server, make):
    """AUTH-79: they are answers like others."""
    server.on("/x", Answer(status=302, headers={"Location": "/y"}))

    assert make().request("GET", f"{server.url}/x").status == 302
    assert server.paths() == ["/token", "/x"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(raw=[]),
        Answer(raw=[b"nonsense\r\n\r\n"]),
        Answer(b"no gzip", headers={"Content-Encoding": "gzip"}),
        Answer(raw=[b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *[b"x"] * 1000], pause=0.05),
    ],
    ids=["nothing", "nonsense", "no gzip", "dripping"],
)
def test_requests_without_a_whole_answer(server, make, answer):
    """AUTH-78: are one exception, and are not repeated: the server may have acted."""
    server.on("/x", answer)

    with pytest.raises(DownstreamRequestError) as error:
        make().request("POST", f"{server.url}/x", timeout=1)
    assert error.value.__cause__ is error.value.__context__ is None
    assert not error.value.retryable
    assert server.paths() == ["/token", "/x"]


def test_request_without_a_token_is_not_sent(server, make):
    """AUTH-78: no token, no request."""
    server.on("/token", Answer(status=401))

    failure(lambda: make().request("GET", f"{server.url}/x"))
    assert server.paths() == ["/token"]
