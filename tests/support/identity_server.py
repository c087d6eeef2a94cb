"""An HTTPS server on loopback that is an identity provider and an API, and misbehaves as it is told."""

from __future__ import annotations

import datetime as dt
import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def write_certificates(folder):
    """Write a certificate for localhost, which signs itself, and its key; return their paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "certificate.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return chain, secret


class Answer:
    """What a path answers: a status, headers, a body; or raw bytes, dripped with pauses; after waiting for an event."""

    def __init__(self, body: Any = b"", status=200, headers=None, raw=None, pause=0.0, gate=None):
        self.body = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
        self.status = status
        self.headers = headers or {}
        self.raw = raw
        self.pause = pause
        self.gate = gate


class Request:
    """A request that the server got."""

    def __init__(self, handler, body):
        self.method = handler.command
        self.path = handler.path
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body = body


class Server:
    """Answers paths as they are set; a list of answers is used up one after the other, its last for ever."""

    def __init__(self, chain, secret):
        self.answers: dict[str, list[Answer]] = {}
        self.requests: list[Request] = []
        self.arrived = threading.Semaphore(0)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except OSError:  # the client is gone
                    self.close_connection = True

            def answer(self):
                length = int(self.headers.get("Content-Length", 0))
                outer.requests.append(Request(self, self.rfile.read(length)))
                outer.arrived.release()
                planned = outer.answers.get(self.path.partition("?")[0], [Answer(status=404)])
                outer.send(self, planned.pop(0) if len(planned) > 1 else planned[0])

            def __getattr__(self, name):
                if name.startswith("do_"):
                    return self.answer
                raise AttributeError(name)

            def log_message(self, *_):
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass

        self._server = Quiet(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, secret)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}).start()

    def on(self, path, *answers):
        self.answers[path] = list(answers)

    def paths(self):
        return [request.path for request in self.requests]

    @staticmethod
    def send(handler, answer):
        if answer.gate is not None:
            answer.gate.wait(20)
        if answer.raw is not None:
            handler.close_connection = True
            for part in answer.raw:
                handler.wfile.write(part)
                handler.wfile.flush()
                time.sleep(answer.pause)
            return
        handler.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(answer.body)

    def close(self):
        self._server.shutdown()
        self._server.server_close()
