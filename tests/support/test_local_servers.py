"""The servers that other tests rely on."""

from __future__ import annotations

import local_servers
import pytest


def test_moto_answers_over_http(moto_url):
    """A boto3 client of the moto server stores and reads a parameter."""
    ssm = local_servers.client("ssm", moto_url)

    ssm.put_parameter(Name="/here", Value="there", Type="String")

    assert ssm.get_parameter(Name="/here")["Parameter"]["Value"] == "there"


def test_redis_answers(redis_url):
    """The Redis server is a real one: it expires keys and says its version."""
    redis = pytest.importorskip("redis")
    with redis.Redis.from_url(redis_url) as connection:
        connection.set("key", "value", px=60_000)

        assert connection.get("key") == b"value"
        assert 0 < connection.pttl("key") <= 60_000
        assert connection.info("server")["redis_version"]


def test_a_server_ends_with_its_block():
    """Nothing listens on the port once the block is left."""
    import socket

    with local_servers.redis_server() as url:
        port = int(url.rpartition(":")[2])

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_a_server_that_does_not_start_says_why(monkeypatch, tmp_path):
    """The output of a server that ends at once is in the error."""
    script = tmp_path / "dynalite"
    script.write_text("#!/bin/sh\necho no such luck\nexit 3\n")
    script.chmod(0o755)
    monkeypatch.setattr(local_servers, "DYNALITE", script)

    with pytest.raises(RuntimeError, match="no such luck"), local_servers.dynalite_server():
        pass
