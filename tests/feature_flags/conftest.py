"""Stores that need no server, and a clock that stands still."""

from __future__ import annotations

import contextlib
import http.server
import os
import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import local_servers
import pytest

from lambda_powertools.feature_flags import ConfigurationStoreError, FeatureFlags, StoreProvider, comparators
from lambda_powertools.feature_flags.stores import InMemoryStore


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    """Leave no environment from one test to the next."""
    for name in [name for name in os.environ if name.startswith(("POWERTOOLS_", "AWS_APPCONFIG_"))]:
        monkeypatch.delenv(name)


class Store(StoreProvider):
    """A store whose document can be replaced, and which can be down; counts how often it is read."""

    def __init__(self, document=None):
        self.document = document
        self.failure = None
        self.reads = 0

    @property
    def get_raw_configuration(self):
        return self.document

    def get_configuration(self):
        self.reads += 1
        if self.failure is not None:
            raise self.failure
        return self.document

    def go_down(self):
        self.failure = ConfigurationStoreError("the store is down")


@pytest.fixture
def store():
    """Return the class of stores that can be down."""
    return Store


def condition(action, key, value):
    """Return a condition."""
    return {"action": action, "key": key, "value": value}


def feature(*conditions, default=False, when_match=True, **more):
    """Return a feature with one rule, called `rule`."""
    return {"default": default, **more, "rules": {"rule": {"when_match": when_match, "conditions": list(conditions)}}}


@pytest.fixture
def flags():
    """Return a function that makes FeatureFlags of features."""

    def make(**features):
        return FeatureFlags(InMemoryStore(features))

    make.feature = feature
    make.condition = condition
    return make


@pytest.fixture
def matches(flags):
    """Return a function that says whether one condition matches a context."""

    def run(action, key, value, context):
        made = flags(f=feature(condition(action, key, value)))
        return made.evaluate(name="f", context=context, default=False)

    return run


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the time: a local one of a zone, which is seen from every zone."""

    def set_to(text, zone="UTC"):
        moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
        monkeypatch.setattr(comparators, "_get_now_from_timezone", moment.astimezone)

    return set_to


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
def web():
    """Start a web server on loopback; `answers` are functions of path and headers to status, headers and body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            self.server.requests.append((self.path, dict(self.headers)))
            status, headers, body = self.server.answer(self.path, self.headers)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):  # a client may have left
                for part in body if isinstance(body, list) else [body]:
                    if callable(part):
                        part()
                    else:
                        self.wfile.write(part)
                        self.wfile.flush()

    server = http.server.ThreadingHTTPServer(("localhost", 0), Handler)
    server.requests = []
    server.answer = lambda path, headers: (200, {}, b'{"f": {"default": true}}')
    server.url = f"http://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def extension(web):
    """Return a server in the place of the AppConfig extension."""
    return web
