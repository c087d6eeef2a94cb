"""A stand-in for the X-Ray daemon: it listens on the loopback interface and keeps the segments it is sent."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import SegmentsMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_listening: list[XRayDaemon] = []
_LARGEST_DATAGRAM = 65_536
_RECEIVE_BUFFER = 4 * 1024 * 1024


def listening_daemon() -> XRayDaemon | None:
    """Return the daemon of this process that was entered last and still listens, None if none does."""
    return _listening[-1] if _listening else None


@contextmanager
def led_to(daemon: XRayDaemon) -> Iterator[None]:
    """Have the X-Ray SDK send to a daemon, if it is imported already: it reads the variable when it is imported."""
    core = sys.modules.get("aws_xray_sdk.core")
    if core is None:
        yield
        return
    emitter = core.xray_recorder.emitter
    before = f"{emitter.ip}:{emitter.port}"
    emitter.set_daemon_address(daemon.address)
    try:
        yield
    finally:
        emitter.set_daemon_address(before)


class XRayDaemon:
    r"""Receives X-Ray segments over UDP, in a thread of its own, while it is entered.

    A datagram is a header line, `{"format": "json", "version": 1}`, and a segment document, see
    https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html.

    Example:
        >>> import socket
        >>> from lambda_powertools.testing import XRayDaemon
        >>> with XRayDaemon() as daemon:
        ...     with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        ...         document = b'{"format": "json", "version": 1}\n{"id": "53995c3f42cd8ad8", "name": "orders"}'
        ...         _ = client.sendto(document, (daemon.host, daemon.port))
        ...     segments = daemon.wait_for(1)
        >>> segments[0]["name"]
        'orders'
    """

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        self._socket.bind(("127.0.0.1", 0))
        self.host: str
        self.port: int
        self.host, self.port = self._socket.getsockname()
        self._segments: list[dict[str, Any]] = []
        self._rejected: list[bytes] = []
        self._arrived = threading.Condition()
        self._marks: set[bytes] = set()
        self._stop = b"stop " + os.urandom(16)
        self._thread = threading.Thread(target=self._receive, name="xray-daemon", daemon=True)

    @property
    def address(self) -> str:
        """`host:port`, the value for `AWS_XRAY_DAEMON_ADDRESS`."""
        return f"{self.host}:{self.port}"

    @property
    def segments(self) -> list[dict[str, Any]]:
        """The segments and subsegments that have arrived so far, in that order."""
        with self._arrived:
            return list(self._segments)

    @property
    def rejected(self) -> list[bytes]:
        """Datagrams that the real daemon would not understand."""
        with self._arrived:
            return list(self._rejected)

    def __enter__(self) -> XRayDaemon:  # noqa: PYI034  # typing has Self from Python 3.11 on
        self._thread.start()
        _listening.append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _listening.remove(self)
        self._send(self._stop)
        self._thread.join(timeout=5)
        self._socket.close()

    def wait_for(self, count: int, timeout: float = 5) -> list[dict[str, Any]]:
        """Return the segments once `count` of them have arrived.

        Args:
            count: how many at least.
            timeout: seconds to wait.

        Raises:
            SegmentsMissingError: fewer came in that time; tells how many and their names.
        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._segments) >= count, timeout):
                names = ", ".join(str(segment.get("name")) for segment in self._segments) or "none"
                raise SegmentsMissingError(
                    f"{len(self._segments)} of {count} segments arrived within {timeout:g} seconds: {names}"
                )
            return list(self._segments)

    def drain(self, timeout: float = 5) -> list[dict[str, Any]]:
        """Return the segments after all that was sent before this call has been taken in."""
        mark = b"mark " + os.urandom(16)
        self._send(mark)  # the loopback interface keeps the order: what was sent before arrives before
        with self._arrived:
            self._arrived.wait_for(lambda: mark in self._marks, timeout)
            self._marks.discard(mark)
            return list(self._segments)

    def clear(self) -> None:
        """Forget what has arrived so far."""
        self.drain()
        with self._arrived:
            self._segments.clear()
            self._rejected.clear()

    def _send(self, payload: bytes) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(payload, (self.host, self.port))

    def _receive(self) -> None:
        while (datagram := self._socket.recv(_LARGEST_DATAGRAM)) != self._stop:
            segment = _parse(datagram)
            with self._arrived:
                if segment is not None:
                    self._segments.append(segment)
                elif datagram.startswith(b"mark "):
                    self._marks.add(datagram)
                else:
                    self._rejected.append(datagram)
                self._arrived.notify_all()


def _parse(datagram: bytes) -> dict[str, Any] | None:
    header, _, document = datagram.partition(b"\n")
    try:
        if json.loads(header) != {"format": "json", "version": 1}:
            return None
        segment = json.loads(document)
    except ValueError:
        return None
    return segment if isinstance(segment, dict) else None
