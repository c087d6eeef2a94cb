"""Providers on real servers over HTTP, a provider without any, and a stand-in for AppConfig's data API."""

from __future__ import annotations

import http.server
import json
import os
import threading
import uuid
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import local_servers
import pytest

from lambda_powertools import parameters
from lambda_powertools.core.secrets import clear_secrets

PREFIXES = ("POWERTOOLS_", "AWS_APPCONFIG_")


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    """Leave no environment, provider or secret from one test to the next."""
    for name in [name for name in os.environ if name.startswith(PREFIXES)]:
        monkeypatch.delenv(name)
    parameters.clear_caches()
    clear_secrets()
    yield
    parameters.clear_caches()
    clear_secrets()


class Shelf(parameters.BaseProvider):
    """A provider on a dict, which counts what it is asked; a value that is an exception is raised."""

    def __init__(self, values=None, **options):
        super().__init__(**options)
        self.values = values or {}
        self.calls = []

    def _get(self, name, **sdk_options):
        self.calls.append((name, sdk_options))
        value = self.values[name]
        if isinstance(value, BaseException):
            raise value
        return value

    def _get_multiple(self, path, **sdk_options):
        self.calls.append((path, sdk_options))
        return self.values


@pytest.fixture
def shelf():
    """Return the class of providers that need no server."""
    return Shelf


@pytest.fixture
def expire():
    """Return a function that lets everything in a provider's cache expire so many seconds ago."""

    def run(provider, seconds=1):
        past = datetime.now() - timedelta(seconds=seconds)  # noqa: DTZ005  # as the cache keeps it
        for key, entry in list(provider.store.items()):
            provider.store[key] = entry._replace(ttl=past)

    return run


class Counted:
    """A boto3 client and the operations that it has sent over the wire."""

    def __init__(self, client):
        self.client = client
        self.sent = []

    def _record(self, model, params, **_):
        self.sent.append((model.name, json.loads(params["body"]) if params["body"] else {}))

    @property
    def operations(self):
        return [name for name, _ in self.sent]

    def __enter__(self):
        self.client.meta.events.register("before-call", self._record, unique_id="counted")
        return self

    def __exit__(self, *_):
        self.client.meta.events.unregister("before-call", unique_id="counted")


@pytest.fixture(scope="session")
def clients(moto_url):
    """Return boto3 clients of the moto server by service, one of each: making them is slow."""
    made = {}

    def get(service):
        if service not in made:
            made[service] = local_servers.client(service, moto_url)
        return made[service]

    yield get
    for client in made.values():
        client.close()


@pytest.fixture
def ssm(clients):
    """Make the functions use Parameter Store on moto; counts what is sent."""
    client = clients("ssm")
    parameters.DEFAULT_PROVIDERS["ssm"] = parameters.SSMProvider(boto3_client=client)
    with Counted(client) as counted:
        yield counted


@pytest.fixture
def secrets(clients):
    """Make the functions use Secrets Manager on moto; counts what is sent."""
    client = clients("secretsmanager")
    parameters.DEFAULT_PROVIDERS["secrets"] = parameters.SecretsProvider(boto3_client=client)
    with Counted(client) as counted:
        yield counted


@pytest.fixture
def path():
    """Return a path of this test's own, as the servers serve all tests."""
    return f"/{uuid.uuid4().hex}"


class AppConfig(http.server.ThreadingHTTPServer):
    """AppConfig's data API as boto3 speaks it: single-use tokens, and an empty body while nothing changes."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _AppConfigHandler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.documents = {}
        self.requests = []
        self.tokens = {}
        self.failing = False
        self._lock = threading.Lock()

    def token(self, name, seen):
        with self._lock:
            token = f"token-{len(self.tokens)}"
            self.tokens[token] = (name, seen)
            return token

    def spend(self, token):
        with self._lock:
            return self.tokens.pop(token, None)

    def forget_tokens(self):
        with self._lock:
            self.tokens.clear()
            self.tokens["never"] = None  # so that the numbers of later tokens are new ones


class _AppConfigHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, code):
        self.answer(status, json.dumps({"Message": f"refused: {code}"}).encode(), **{"x-amzn-ErrorType": code})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(("start", asked, dict(self.headers)))
        if self.server.failing:
            return self.refuse(403, "AccessDeniedException")
        name = asked["ConfigurationProfileIdentifier"]
        if name not in self.server.documents:
            return self.refuse(404, "ResourceNotFoundException")
        body = json.dumps({"InitialConfigurationToken": self.server.token(name, None)}).encode()
        return self.answer(201, body)

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)["configuration_token"][0]
        self.server.requests.append(("latest", asked, dict(self.headers)))
        if self.server.failing:
            return self.refuse(403, "AccessDeniedException")
        spent = self.server.spend(asked)
        if spent is None:
            return self.refuse(400, "BadRequestException")
        name, seen = spent
        document = self.server.documents[name]
        headers = {
            "Next-Poll-Configuration-Token": self.server.token(name, document),
            "Next-Poll-Interval-In-Seconds": "60",
        }
        return self.answer(200, b"" if document == seen else document, **headers)


@pytest.fixture
def appconfig():
    """Start the stand-in for AppConfig; its `documents` are bytes by profile name."""
    server = AppConfig()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def appconfig_client(appconfig):
    """Return a boto3 client of the stand-in."""
    client = local_servers.client("appconfigdata", appconfig.url)
    yield client
    client.close()
