from __future__ import annotations

import http.server
import subprocess
import sys
import threading

import pytest

from lambda_powertools.core import SettingsError
from lambda_powertools.parameters import AppConfigExtensionProvider, GetParameterError


@pytest.fixture
def extension():
    """A server in the extension's place: its `answer` is status and body, its `paths` what it was asked."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            self.server.paths.append(self.path)
            self.server.release.wait(5)
            status, body = self.server.answer
            self.send_response(status)
            self.send_header("Location", "http://elsewhere.invalid/")
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("localhost", 0), Handler)
    server.paths = []
    server.answer = (200, b'{"a": 1}')
    server.release = threading.Event()
    server.release.set()
    server.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_configuration_comes_as_bytes_and_is_kept(extension):
    """PRM-60, 62: the body of the answer, fetched once while it is live."""
    provider = AppConfigExtensionProvider("prod", "shop", port=extension.port)

    assert provider.get("settings") == b'{"a": 1}'
    assert provider.get("settings", transform="json") == {"a": 1} == provider.get("settings", transform="json")
    assert extension.paths == ["/applications/shop/environments/prod/configurations/settings"] * 2


def test_names_are_encoded_and_options_become_the_query(extension):
    """PRM-60: no character of a name can leave its place; a list repeats its key."""
    provider = AppConfigExtensionProvider("p/d", "sh?p", port=extension.port)

    provider.get("a b#c", flag=["one", "two"])

    assert extension.paths == ["/applications/sh%3Fp/environments/p%2Fd/configurations/a%20b%23c?flag=one&flag=two"]


def test_proxies_of_the_environment_are_not_used(extension, monkeypatch):
    """PRM-61: what a proxy variable says does not concern the loopback."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert AppConfigExtensionProvider("prod", port=extension.port).get("a") == b'{"a": 1}'


@pytest.mark.parametrize(("status", "body"), [(404, b"no such profile"), (302, b"moved"), (500, b"\xff broken")])
def test_any_other_answer_is_an_error(extension, status, body):
    """PRM-62: status, path and text are told; a redirect is not followed."""
    extension.answer = (status, body)
    text = body.decode(errors="replace")

    with pytest.raises(GetParameterError, match=f"answered {status} to /applications/.*/a: {text}"):
        AppConfigExtensionProvider("prod", port=extension.port).get("a")
    assert len(extension.paths) == 1


def test_an_extension_that_is_not_there_says_what_to_attach():
    """PRM-62: host, port and the layer are named."""
    with pytest.raises(GetParameterError, match="at localhost:9 .*: attach its Lambda layer"):
        AppConfigExtensionProvider("prod", port=9).get("a")


def test_an_extension_that_hangs_is_given_up(extension):
    """PRM-61: after the timeout the call fails like one that found nobody."""
    extension.release.clear()

    with pytest.raises(GetParameterError, match="attach its Lambda layer") as caught:
        AppConfigExtensionProvider("prod", port=extension.port, timeout=0.05).get("a")

    assert isinstance(caught.value.__cause__, TimeoutError)


@pytest.mark.parametrize("timeout", [0, -1])
def test_a_timeout_must_be_positive(timeout):
    """PRM-62: no time to wait is refused at construction."""
    with pytest.raises(ValueError, match=f"timeout is {timeout}"):
        AppConfigExtensionProvider("prod", timeout=timeout)


@pytest.mark.parametrize(("argument", "variable", "expected"), [(1, "2", 1), (None, "2", 2), (None, None, 2772)])
def test_the_port_comes_from_argument_variable_or_default(monkeypatch, argument, variable, expected):
    """PRM-61: port, then AWS_APPCONFIG_EXTENSION_HTTP_PORT, then 2772."""
    if variable:
        monkeypatch.setenv("AWS_APPCONFIG_EXTENSION_HTTP_PORT", variable)

    assert AppConfigExtensionProvider("prod", port=argument).port == expected


def test_a_port_that_is_none_names_its_variable(monkeypatch):
    """PRM-61: a malformed variable is an error that names it."""
    monkeypatch.setenv("AWS_APPCONFIG_EXTENSION_HTTP_PORT", "http")

    with pytest.raises(SettingsError, match="AWS_APPCONFIG_EXTENSION_HTTP_PORT is 'http'"):
        AppConfigExtensionProvider("prod")


def test_the_sdk_is_not_needed(extension):
    """PRM-60: fetching through the extension imports no boto3."""
    code = (
        "import sys\nfrom lambda_powertools.parameters import AppConfigExtensionProvider\n"
        f"print(AppConfigExtensionProvider('prod', port={extension.port}).get('a'), 'botocore' in sys.modules)"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == """b'{"a": 1}' False"""


def test_there_are_no_paths():
    """PRM-62: several configurations at once is something AppConfig does not have."""
    with pytest.raises(GetParameterError, match="no configurations under a path"):
        AppConfigExtensionProvider("prod").get_multiple("a")
