"""The X-Ray daemon's side of the wire: receives segment documents over UDP and checks them.

Format: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
"""

from __future__ import annotations

import json
import socket
import threading
import uuid
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

_SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "xray-segment.schema.json").read_text())
_VALIDATOR = Draft202012Validator(_SCHEMA)
_LARGEST_DOCUMENT = 64 * 1024
_PATIENCE = 10.0


class Daemon:
    """Listens on a free port of the loopback interface, for the environments that send to its `address`."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._datagrams: list[bytes] = []
        self._arrived = threading.Condition()
        self._thread = threading.Thread(target=self._receive, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """The value for AWS_XRAY_DAEMON_ADDRESS."""
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    def documents(self) -> list[dict[str, Any]]:
        """Return what was sent until now, each document checked against the schema."""
        self._catch_up()
        return [_parse(datagram) for datagram in self._datagrams]

    def traces(self) -> dict[str, list[dict[str, Any]]]:
        """Return the documents by trace id."""
        found: dict[str, list[dict[str, Any]]] = {}
        for document in self.documents():
            found.setdefault(document["trace_id"], []).append(document)
        return found

    def close(self) -> None:
        """Stop listening."""
        self._send(b"")
        self._thread.join(_PATIENCE)
        self._socket.close()

    def _catch_up(self) -> None:
        """Wait for a datagram of one's own: on the loopback interface everything sent before it comes before it."""
        mark = uuid.uuid4().bytes
        self._send(mark)
        with self._arrived:
            if not self._arrived.wait_for(lambda: mark in self._datagrams, _PATIENCE):
                raise TimeoutError("the daemon's thread does not receive")
            self._datagrams.remove(mark)

    def _receive(self) -> None:
        while datagram := self._socket.recv(65536):
            with self._arrived:
                self._datagrams.append(datagram)
                self._arrived.notify_all()

    def _send(self, datagram: bytes) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(datagram, self._socket.getsockname())


def _parse(datagram: bytes) -> dict[str, Any]:
    assert len(datagram) <= _LARGEST_DOCUMENT
    header, _, body = datagram.partition(b"\n")
    assert json.loads(header) == {"format": "json", "version": 1}
    document: dict[str, Any] = json.loads(body)
    _VALIDATOR.validate(document)
    return document


def children(documents: list[dict[str, Any]], parent: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the subsegments directly below `parent`, in the order in which they began."""
    return sorted((d for d in documents if d.get("parent_id") == parent["id"]), key=lambda d: d["start_time"])


def named(documents: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the one document of this name."""
    found = [document for document in documents if document["name"] == name]
    assert len(found) == 1, f"{len(found)} of {name!r} among {[document['name'] for document in documents]}"
    return found[0]
