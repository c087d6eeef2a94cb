"""Facts from the Lambda metadata endpoint: asked for once per environment, of a server that a test runs."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import types
from contextlib import suppress
from dataclasses import FrozenInstanceError
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lambda_powertools.core import PowertoolsError, SettingsError, metadata
from lambda_powertools.core.metadata import (
    LambdaMetadata,
    LambdaMetadataError,
    clear_metadata_cache,
    get_lambda_metadata,
)

TOKEN = "token-that-nobody-may-see"


class Endpoint(ThreadingHTTPServer):
    """A metadata endpoint with an answer of the test's choice."""

    daemon_threads = True

    def __init__(self):
        self.requests = []
        self.status, self.body, self.headers, self.delay = 200, b'{"AvailabilityZoneID": "use1-az1", "x": 1}', {}, 0
        super().__init__(("127.0.0.1", 0), Answer)

    def answer(self, body):
        """Answer with another zone."""
        self.body = json.dumps(body).encode()


class Answer(BaseHTTPRequestHandler):
    """Gives the endpoint's answer to every request."""

    def do_GET(self):  # the name that the base class looks for
        self.server.requests.append((self.path, self.headers["Authorization"]))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_):
        """Say nothing."""

    def handle(self):
        """Survive a client that did not wait."""
        with suppress(BrokenPipeError):
            super().handle()


@pytest.fixture
def endpoint(monkeypatch):
    """A running endpoint, in an environment that looks like Lambda's."""
    with Endpoint() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        monkeypatch.setenv("AWS_LAMBDA_METADATA_API", f"127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_LAMBDA_METADATA_TOKEN", TOKEN)
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # a proxy must never see the token
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        clear_metadata_cache()
        yield server
        clear_metadata_cache()
        server.shutdown()


def test_the_endpoint_is_asked_for_the_zone(endpoint):
    """META-2: one GET with the token, directly; the zone's id is the field, everything else is kept in _raw."""
    result = get_lambda_metadata()

    assert result == LambdaMetadata("use1-az1")
    assert result._raw == {"AvailabilityZoneID": "use1-az1", "x": 1}
    assert endpoint.requests == [("/2026-01-15/metadata/execution-environment", f"Bearer {TOKEN}")]


@pytest.mark.parametrize("unset", [True, False], ids=["unset", "empty"])
def test_outside_lambda_nothing_is_asked(unset, endpoint, monkeypatch):
    """META-1: without an initialization type the result is empty, also when an answer is cached."""
    get_lambda_metadata()
    if unset:
        monkeypatch.delenv("AWS_LAMBDA_INITIALIZATION_TYPE")
    else:
        monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "")

    assert get_lambda_metadata() == LambdaMetadata()
    assert len(endpoint.requests) == 1


def test_in_dev_mode_nothing_is_asked(endpoint, monkeypatch):
    """META-1: POWERTOOLS_DEV means no network, parsed as everywhere; nothing of it is cached."""
    monkeypatch.setenv("POWERTOOLS_DEV", "on")
    assert get_lambda_metadata() == LambdaMetadata()
    monkeypatch.setenv("POWERTOOLS_DEV", "off")
    assert get_lambda_metadata().availability_zone_id == "use1-az1"
    monkeypatch.setenv("POWERTOOLS_DEV", "maybe")
    with pytest.raises(SettingsError, match="POWERTOOLS_DEV"):
        get_lambda_metadata()


@pytest.mark.parametrize("body", [{"AvailabilityZoneID": "use1-az1"}, {}], ids=["full", "empty"])
def test_an_answer_is_kept_for_the_environment(body, endpoint):
    """META-3: later calls make no request, an empty answer included."""
    endpoint.answer(body)

    assert get_lambda_metadata() is get_lambda_metadata()
    assert len(endpoint.requests) == 1


def test_clearing_asks_again_and_leaves_what_was_given(endpoint):
    """META-4: the next call fetches anew; objects that were handed out stay as they are."""
    first = get_lambda_metadata()
    endpoint.answer({"AvailabilityZoneID": "use1-az2"})
    clear_metadata_cache()

    assert get_lambda_metadata().availability_zone_id == "use1-az2"
    assert first.availability_zone_id == "use1-az1"
    assert first._raw["x"] == 1


def test_the_timeout_covers_the_answer(endpoint):
    """META-5: an endpoint that is silent for longer is an error; on a cache hit the timeout does not matter."""
    endpoint.delay = 1
    with pytest.raises(LambdaMetadataError, match="cannot reach") as caught:
        get_lambda_metadata(timeout=0.05)
    assert isinstance(caught.value.__cause__, TimeoutError)
    endpoint.delay = 0
    get_lambda_metadata()

    assert get_lambda_metadata(timeout=0).availability_zone_id == "use1-az1"


@pytest.mark.parametrize("body", [{}, {"AvailabilityZoneID": None}], ids=["missing", "null"])
def test_no_zone_is_none(body, endpoint):
    """META-6: an answer without a zone is no error."""
    endpoint.answer(body)

    assert get_lambda_metadata() == LambdaMetadata(None)


def test_a_restored_snapshot_asks_again(endpoint, monkeypatch):
    """META-7: where the runtime has restore hooks, the cache is cleared after a restore, registered once."""
    hooks = []
    module = types.SimpleNamespace(register_after_restore=hooks.append)
    monkeypatch.setitem(sys.modules, "snapshot_restore_py", module)
    monkeypatch.setattr(metadata, "_restore_hook_registered", False)
    get_lambda_metadata()
    for hook in hooks:
        hook()
    get_lambda_metadata()

    assert len(hooks) == 1
    assert len(endpoint.requests) == 2


@pytest.mark.parametrize("variable", ["AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN"])
@pytest.mark.parametrize("value", [None, ""], ids=["unset", "empty"])
def test_a_missing_variable_is_named(variable, value, endpoint, monkeypatch):
    """In Lambda, a variable that is not set is an error that names it; the next call tries again."""
    with monkeypatch.context() as patch:
        patch.delenv(variable) if value is None else patch.setenv(variable, value)
        with pytest.raises(LambdaMetadataError, match=variable) as caught:
            get_lambda_metadata()
    assert caught.value.status_code == -1
    assert get_lambda_metadata().availability_zone_id == "use1-az1"


WRONG_ANSWERS = {
    "403": (403, b"{}", "HTTP status 403", 403),
    "500": (500, b"broken", "HTTP status 500", 500),
    "redirect": (302, b"", "HTTP status 302", 302),
    "not JSON": (200, b"<html>", "not JSON", 200),
    "not UTF-8": (200, b'"\xff"', "not JSON", 200),
    "empty": (200, b"", "not JSON", 200),
    "a list": (200, b"[]", "not a JSON object", 200),
    "null": (200, b"null", "not a JSON object", 200),
}


@pytest.mark.parametrize(("status", "body", "message", "code"), WRONG_ANSWERS.values(), ids=WRONG_ANSWERS)
def test_a_wrong_answer_is_an_error_and_not_kept(status, body, message, code, endpoint):
    """META-3 and errors: the message has the status, redirects are not followed, and the next call asks again."""
    good = endpoint.body
    endpoint.status, endpoint.body = status, body
    endpoint.headers = {"Location": f"http://127.0.0.1:{endpoint.server_port}/elsewhere"}

    with pytest.raises(LambdaMetadataError, match=message) as caught:
        get_lambda_metadata()

    assert caught.value.status_code == code
    assert isinstance(caught.value, PowertoolsError)
    assert len(endpoint.requests) == 1
    endpoint.status, endpoint.body = 200, good
    assert get_lambda_metadata().availability_zone_id == "use1-az1"


@pytest.mark.parametrize(
    ("host", "cause"),
    [("127.0.0.1:1", ConnectionRefusedError), ("127.0.0.1:port", HTTPException), ("\0", HTTPException)],
    ids=["nobody there", "no port", "no host"],
)
def test_an_endpoint_that_cannot_be_reached_is_an_error(host, cause, endpoint, monkeypatch):
    """The cause is chained, and there is no status."""
    monkeypatch.setattr("os.environ", {**os.environ, "AWS_LAMBDA_METADATA_API": host})

    with pytest.raises(LambdaMetadataError, match="cannot reach") as caught:
        get_lambda_metadata()

    assert isinstance(caught.value.__cause__, cause)
    assert caught.value.status_code == -1


@pytest.mark.parametrize("token", [f"{TOKEN}\nX: y", f"{TOKEN}\u2028"], ids=["line break", "not latin-1"])
def test_the_token_is_never_shown(token, endpoint, monkeypatch):
    """A token that is refused as a header appears neither in the message nor in a chained exception."""
    monkeypatch.setenv("AWS_LAMBDA_METADATA_TOKEN", token)

    with pytest.raises(LambdaMetadataError) as caught:
        get_lambda_metadata()

    assert TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_threads_at_the_first_call_make_one_request(endpoint):
    """Of twenty threads that ask at once, one makes the request, and all have its answer."""
    endpoint.delay = 0.05
    results = []
    threads = [threading.Thread(target=lambda: results.append(get_lambda_metadata())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [LambdaMetadata("use1-az1")] * 20
    assert len(endpoint.requests) == 1


def test_metadata_is_an_immutable_value():
    """It is hashable, compares by its public field, shows it alone, and cannot be changed."""
    value = LambdaMetadata("use1-az1", {"token": "raw"})

    assert value == LambdaMetadata("use1-az1")
    assert hash(value) == hash(LambdaMetadata("use1-az1"))
    assert repr(value) == "LambdaMetadata(availability_zone_id='use1-az1')"
    with pytest.raises(FrozenInstanceError):
        value.availability_zone_id = "other"


def test_an_error_has_its_status():
    """The error of the endpoint carries the status code, -1 where there is none."""
    assert LambdaMetadataError("message").status_code == -1
    assert LambdaMetadataError("message", 404).status_code == 404


def test_the_http_client_is_loaded_at_the_first_fetch(run_python):
    """Importing the module does not import the HTTP client."""
    assert (
        run_python("import sys, lambda_powertools.core.metadata; print('http.client' in sys.modules)").strip()
        == "False"
    )
