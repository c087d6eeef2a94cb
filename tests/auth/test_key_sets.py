"""Fetching and caching keys, over HTTPS from a server that rotates them, fails, is slow and lies."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from identity_server import Answer
from signed_tokens import AUDIENCE, ISSUER, Key

from lambda_powertools.auth import JWTVerifier
from lambda_powertools.auth.jwt import _key_sources
from lambda_powertools.auth.jwt.exceptions import InvalidSignatureError, InvalidTokenError, JWKSFetchError


class Clock:
    """Both clocks, which tests move."""

    def __init__(self):
        self.now, self.wall = time.monotonic(), time.time()

    def monotonic(self):
        return self.now

    def time(self):
        return self.wall

    def pass_by(self, seconds):
        self.now += seconds
        self.wall += seconds


@pytest.fixture
def clock(monkeypatch):
    """The clocks by which keys grow old; deadlines of requests are by the real one."""
    clock = Clock()
    monkeypatch.setattr(_key_sources, "time", clock)
    return clock


def fails(verifier, token):
    with pytest.raises(JWKSFetchError) as error:
        verifier.verify(token)
    assert error.value.__cause__ is error.value.__context__ is None


def test_keys_are_fetched_once(server, remote, key):
    """AUTH-8, AUTH-31, AUTH-32: making a verifier sends nothing, the first token fetches, the next ones do not."""
    verifier = remote()
    assert server.requests == []

    assert [verifier.verify(key.token())["sub"] for _ in range(3)] == ["ada"] * 3
    assert server.paths() == ["/jwks"]


def test_keys_are_discovered(server, key):
    """AUTH-30: without an address of the keys, the issuer's configuration names it."""
    issuer = f"{server.url}/realm/"
    server.on("/realm/.well-known/openid-configuration", Answer({"issuer": issuer, "jwks_uri": f"{server.url}/k?v=1"}))
    server.on("/k", Answer({"keys": [key.jwk()]}))
    verifier = JWTVerifier(issuer=issuer, audience=AUDIENCE, algorithms=["ES256"])

    assert verifier.verify(key.token(iss=issuer))
    assert server.paths() == ["/realm/.well-known/openid-configuration", "/k?v=1"]


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://other.example.com/"},
        {"issuer": None},
        {"jwks_uri": "http://localhost/k"},
        {"jwks_uri": None},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": ["https://localhost/k"]},
    ],
    ids=str,
)
def test_lying_configuration_is_refused(server, key, changes):
    """AUTH-30: a configuration of another issuer, or whose keys are not at an HTTPS URL, is none."""
    document = {"issuer": server.url, "jwks_uri": f"{server.url}/k", **changes}
    server.on("/.well-known/openid-configuration", Answer(document))
    verifier = JWTVerifier(issuer=server.url, audience=AUDIENCE, algorithms=["ES256"])

    fails(verifier, key.token(iss=server.url))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer({"keys": []}, status=500),
        Answer({"keys": []}, status=204),
        Answer(b"", status=404),
        Answer(b"<html>"),
        Answer(b"\xff\xfe"),
        Answer(b"[" * 100_000),
        Answer([1]),
        Answer({}),
        Answer({"keys": {"a": 1}}),
        Answer({"keys": ["a"]}),
        Answer(b"{" + b" " * (1024 * 1024) + b'"keys": []}'),
        Answer(b"\x1f\x8b\x08\x00", headers={"Content-Encoding": "gzip"}),
        Answer({"keys": []}, headers={"Content-Length": "5000"}),
        Answer(raw=[b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"]),
        Answer(raw=[b"no http at all\r\n\r\n"]),
        Answer(raw=[b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"]),
        Answer(raw=[]),
    ],
    ids=[
        *(
            "500",
            "204",
            "404",
            "html",
            "no text",
            "deep",
            "list",
            "no keys",
            "keys no list",
            "key no object",
            "too long",
        ),
        *("gzip", "cut off", "cut head", "no http", "bad chunk", "nothing"),
    ],
)
def test_bad_answers_are_unavailable_keys(server, remote, key, answer):
    """AUTH-40, AUTH-41: whatever the server answers instead of a key set, it is one exception."""
    server.on("/jwks", answer)
    verifier = remote(timeout_seconds=2 if answer.headers.get("Content-Length") else 10)

    fails(verifier, key.token())


@pytest.mark.parametrize("target", ["/elsewhere", "http://localhost:1/jwks", "file:///etc/passwd"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(server, remote, key, target, status):
    """AUTH-40: not to another scheme, and not on the same server."""
    server.on("/jwks", Answer(status=status, headers={"Location": target}))
    server.on("/elsewhere", Answer({"keys": [key.jwk()]}))

    fails(remote(), key.token())
    assert server.paths() == ["/jwks"]


def test_certificate_is_verified(server, remote, key, monkeypatch):
    """AUTH-40: a server whose certificate nobody vouches for is not asked."""
    monkeypatch.delenv("SSL_CERT_FILE")

    fails(remote(), key.token())
    assert server.requests == []


def test_name_of_the_certificate_is_verified(server, remote, key):
    """AUTH-40: nor one with a certificate of another name."""
    verifier = remote(jwks_uri=server.url.replace("localhost", "127.0.0.1") + "/jwks")

    fails(verifier, key.token())
    assert server.requests == []


@pytest.mark.parametrize(
    "uri", ["https://localhost:1/jwks", "https://nobody.invalid/jwks", "https://" + "a" * 70 + ".example.com/jwks"]
)
def test_nobody_there(key, uri):
    """AUTH-42: a port where nobody listens, and a name that nobody has."""
    verifier = JWTVerifier(issuer=ISSUER, audience=AUDIENCE, algorithms=["ES256"], jwks_uri=uri, timeout_seconds=10)

    fails(verifier, key.token())


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-A: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n",
    ],
    ids=["headers", "body", "chunk size", "trailers"],
)
def test_dripping_server_cannot_exceed_the_deadline(server, remote, key, head):
    """AUTH-35, AUTH-40: a byte now and then in headers, body, chunk framing or trailers keeps nobody waiting."""
    server.on("/jwks", Answer(raw=[head, *[b"0"] * 1000], pause=0.05))
    started = time.monotonic()

    fails(remote(timeout_seconds=0.5), key.token())
    assert time.monotonic() - started < 20  # the server drips for 50 seconds


def test_nothing_is_logged(server, remote, key, caplog):
    """AUTH-41: neither URLs nor headers of the provider, which urllib3 would log."""
    caplog.set_level("DEBUG")
    server.on("/jwks", Answer(raw=[b"HTTP/1.1 200 OK\r\nbroken secret header\r\nContent-Length: 2\r\n\r\n{}"]))

    fails(remote(), key.token())
    assert caplog.records == []


def test_other_users_of_urllib3_are_still_logged(server, caplog, certificates):
    """AUTH-41: the silence is about this package's requests alone."""
    import urllib3  # as somebody else does

    caplog.set_level("DEBUG", "urllib3")
    with urllib3.PoolManager(ca_certs=str(certificates[0])) as pool:
        pool.request("GET", server.url)

    assert caplog.records != []


def test_expired_keys_are_fetched_and_replaced(server, remote, clock):
    """AUTH-31: after their time the whole set is replaced, and a key that was withdrawn is gone."""
    old, new = Key("old"), Key("new")
    server.on("/jwks", Answer({"keys": [old.jwk()]}), Answer({"keys": [new.jwk()]}))
    verifier = remote(jwks_max_age_seconds=100)
    verifier.verify(old.token())
    clock.pass_by(99)
    verifier.verify(old.token())

    clock.pass_by(2)
    assert verifier.verify(new.token())
    with pytest.raises(InvalidTokenError):
        verifier.verify(old.token())
    assert len(server.requests) == 2


def test_wall_clock_alone_lets_keys_expire(server, remote, key, clock):
    """While the environment is frozen the monotonic clock may stand still: the earlier end counts."""
    verifier = remote(jwks_max_age_seconds=100)
    verifier.verify(key.token())

    clock.wall += 101
    verifier.verify(key.token(exp=time.time() + 5000))
    assert len(server.requests) == 2


def test_expired_keys_are_never_used(server, remote, key, clock):
    """AUTH-34: when the issuer is down, keys that have expired verify nothing."""
    server.on("/jwks", Answer({"keys": [key.jwk()]}), Answer(status=500))
    verifier = remote(jwks_max_age_seconds=100)
    verifier.verify(key.token())

    clock.pass_by(101)
    fails(verifier, key.token())


def test_unknown_key_is_fetched_after_the_cooldown(server, remote, key, clock):
    """AUTH-32: a flood of forged tokens makes one request in each cooldown; a rotated key is found after it."""
    new = Key("new")
    server.on("/jwks", Answer({"keys": [key.jwk()]}), Answer({"keys": [key.jwk(), new.jwk()]}))
    verifier = remote(unknown_kid_cooldown_seconds=10)
    verifier.verify(key.token())
    for _ in range(50):
        with pytest.raises(InvalidTokenError):
            verifier.verify(new.token())
    assert len(server.requests) == 1

    clock.pass_by(11)
    assert verifier.verify(new.token())
    for number in range(50):
        with pytest.raises(InvalidTokenError):
            verifier.verify(Key(f"forged-{number}", private=new.private).token())
    assert len(server.requests) == 2


def test_failed_search_for_an_unknown_key_leaves_the_others(server, remote, key, clock):
    """AUTH-34: while the keys are fresh, a failure because of an unknown one does not concern the known ones."""
    server.on("/jwks", Answer({"keys": [key.jwk()]}), Answer(status=500))
    verifier = remote(unknown_kid_cooldown_seconds=0)
    verifier.verify(key.token())

    fails(verifier, Key("other").token())
    assert verifier.verify(key.token())


def test_failures_are_repeated_ever_more_rarely(server, remote, key, clock):
    """AUTH-34: after a failure nobody asks for 1, 2, 4, 8, 16, 30, 30 seconds; success starts anew."""
    server.on("/jwks", Answer(status=500))
    verifier = remote()
    for number, pause in enumerate([1, 2, 4, 8, 16, 30, 30], 1):
        fails(verifier, key.token())
        assert len(server.requests) == number
        clock.pass_by(pause - 0.5)
        fails(verifier, key.token())
        assert len(server.requests) == number
        clock.pass_by(1)

    server.on("/jwks", Answer({"keys": [key.jwk()]}))
    verifier.verify(key.token())
    server.on("/jwks", Answer(status=500))
    clock.pass_by(301)
    fails(verifier, key.token())
    clock.pass_by(1.5)
    fails(verifier, key.token())
    assert len(server.requests) == 10


def test_one_fetches_for_all(server, remote, key):
    """AUTH-33: twenty threads that need the keys at once share one request."""
    gate = threading.Event()
    server.on("/jwks", Answer({"keys": [key.jwk()]}, gate=gate))
    verifier, token = remote(), key.token()
    with ThreadPoolExecutor(20) as pool:
        waiting = [pool.submit(verifier.verify, token) for _ in range(20)]
        assert server.arrived.acquire(timeout=10)
        gate.set()
        assert {one.result(20)["sub"] for one in waiting} == {"ada"}

    assert len(server.requests) == 1


def test_one_fails_for_all(server, remote, key):
    """AUTH-33, AUTH-34: those who waited for a request that failed get its failure, and make none of their own."""
    gate = threading.Event()
    server.on("/jwks", Answer(status=500, gate=gate))
    verifier, token = remote(), key.token()
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(verifier.verify, token) for _ in range(8)]
        assert server.arrived.acquire(timeout=10)
        gate.set()
        assert {type(one.exception(20)) for one in waiting} == {JWKSFetchError}

    assert len(server.requests) == 1


def test_waiting_has_a_deadline_of_its_own(server, remote, key):
    """AUTH-33, AUTH-35: who waits for another's request gives up at its own deadline."""
    gate = threading.Event()
    server.on("/jwks", Answer({"keys": [key.jwk()]}, gate=gate))
    patient, hasty = remote(timeout_seconds=20), remote(timeout_seconds=0.2)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(patient.verify, key.token())
        assert server.arrived.acquire(timeout=10)
        fails(hasty, key.token())
        gate.set()
        assert waiting.result(20)

    assert len(server.requests) == 1


def test_crashed_request_wakes_those_who_wait(server, remote, key, monkeypatch):
    """A request that ends in an exception of any kind leaves nobody waiting, and the next one works."""
    entered, gate = threading.Event(), threading.Event()

    def crash(*_):
        entered.set()
        gate.wait(10)
        raise MemoryError

    monkeypatch.setattr(_key_sources, "fetch_key_set", crash)
    verifier, token = remote(), key.token()
    with ThreadPoolExecutor(2) as pool:
        crashing = pool.submit(verifier.verify, token)
        assert entered.wait(10)
        waiting = pool.submit(verifier.verify, token)
        gate.set()
        assert isinstance(crashing.exception(20), MemoryError)
        assert isinstance(waiting.exception(20), JWKSFetchError)


def test_tasks_share_one_request_and_block_no_loop(server, remote, key):
    """Tasks that need the keys at once share one request, while the loop goes on."""
    gate = threading.Event()
    server.on("/jwks", Answer({"keys": [key.jwk()]}, gate=gate))
    verifier, token = remote(), key.token()

    async def open_gate():
        assert await asyncio.to_thread(server.arrived.acquire, timeout=10)
        gate.set()

    async def main():
        results = await asyncio.gather(*(verifier.averify(token) for _ in range(5)), open_gate())
        return [result["sub"] for result in results[:5]]

    assert asyncio.run(main()) == ["ada"] * 5
    assert len(server.requests) == 1


def test_asynchronous_verification_with_keys_needs_no_thread(key, verifier, monkeypatch):
    """With the key at hand, and for tokens that are refused anyway, nothing waits."""
    monkeypatch.setattr(asyncio, "to_thread", lambda *_: pytest.fail("a thread"))

    async def main():
        with pytest.raises(InvalidTokenError) as error:
            await verifier.averify("a.b.c")
        assert error.value.__context__ is None
        with pytest.raises(InvalidSignatureError):
            await verifier.averify_authorization_header(f"Bearer {Key().token()}")
        return await verifier.averify_authorization_header(f"Bearer {key.token()}")

    assert asyncio.run(main())["sub"] == "ada"


def test_prefetch_loads_missing_keys(server, remote, key):
    """AUTH-36: prefetching, also asynchronously, asks once; verifying asks no more."""
    verifier = remote()
    verifier.prefetch()
    asyncio.run(verifier.aprefetch())
    verifier.verify(key.token())

    assert len(server.requests) == 1


def test_prefetch_of_given_keys_does_nothing(verifier):
    """AUTH-30, AUTH-36: there is nothing to load."""
    assert verifier.prefetch() is None


def test_prefetch_fails_like_a_request(server, remote):
    """AUTH-36: keys that cannot be had are an exception."""
    server.on("/jwks", Answer(status=500))

    with pytest.raises(JWKSFetchError):
        remote().prefetch()


def test_verifiers_of_one_issuer_share_keys(server, remote, key):
    """AUTH-31: as long as one of them lives, and only with the same settings."""
    first, second, other = remote(), remote(audience="other"), remote(jwks_max_age_seconds=7)
    first.verify(key.token())
    second.verify(key.token(aud="other"))
    assert len(server.requests) == 1
    other.verify(key.token())
    assert len(server.requests) == 2

    del first, second, other
    gc.collect()
    remote().verify(key.token())
    assert len(server.requests) == 3


def test_group_asks_only_issuers_it_knows(server, key):
    """AUTH-25: an unknown issuer, or none, is refused without a request; a known one verifies by its own rules."""
    issuers = [f"{server.url}/a", f"{server.url}/b"]
    keys = [key, Key("b")]
    for number, one in enumerate(keys):
        server.on(f"/jwks-{number}", Answer({"keys": [one.jwk()]}))
    group = JWTVerifier.any_of(
        *(
            JWTVerifier(issuer=issuer, audience=AUDIENCE, algorithms=["ES256"], jwks_uri=f"{server.url}/jwks-{number}")
            for number, issuer in enumerate(issuers)
        )
    )
    for token in (key.token(), key.token(iss=5), key.token(iss=[issuers[0]]), key.sign(b"[]"), key.sign(b"{"), "a.b.c"):
        with pytest.raises(InvalidTokenError):
            group.verify(token)
        with pytest.raises(InvalidTokenError):
            asyncio.run(group.averify(token))
    assert server.requests == []

    assert group.verify(keys[1].token(iss=issuers[1]))
    assert server.paths() == ["/jwks-1"]
    with pytest.raises(InvalidTokenError):
        group.verify(keys[1].token(iss=issuers[0]))
    assert server.paths() == ["/jwks-1", "/jwks-0"]


def test_group_prefetches_all(server, key):
    """AUTH-25: the keys of each issuer are loaded."""
    server.on("/k", Answer({"keys": [key.jwk()]}))
    uri = f"{server.url}/k"
    group = JWTVerifier.any_of(
        *(JWTVerifier(issuer=f"https://{name}", audience="x", algorithms=["ES256"], jwks_uri=uri) for name in "ab")
    )
    group.prefetch()

    assert server.paths() == ["/k", "/k"]
