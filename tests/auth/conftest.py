from __future__ import annotations

import pytest
from identity_server import Answer, Server, write_certificates
from signed_tokens import AUDIENCE, ISSUER, Key, make_verifier

from lambda_powertools.auth import JWTVerifier
from lambda_powertools.core.secrets import clear_secrets


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """A certificate for localhost, and its key."""
    return write_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(certificates, monkeypatch):
    """An HTTPS server whose certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates[0]))
    running = Server(*certificates)
    yield running
    running.close()


@pytest.fixture(scope="session")
def key():
    """The key of the issuer."""
    return Key()


@pytest.fixture
def verifier(key):
    """A verifier that has the key."""
    return make_verifier(key)


@pytest.fixture(autouse=True)
def no_secrets():
    """Leave no registered secret for the next test."""
    yield
    clear_secrets()


@pytest.fixture
def remote(server, key):
    """Make a verifier that fetches its keys from the server, where there is one key at first."""
    server.on("/jwks", Answer({"keys": [key.jwk()]}))

    def make(**options):
        given = {"issuer": ISSUER, "audience": AUDIENCE, "algorithms": ["ES256"], "jwks_uri": f"{server.url}/jwks"}
        return JWTVerifier(**{**given, "timeout_seconds": 10, **options})

    return make
