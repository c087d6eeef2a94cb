"""A collector of OpenTelemetry on loopback, around the scenarios that send to one."""

from __future__ import annotations

import contextlib
import socket
import threading


class collector:  # noqa: N801  # used like a function in a with statement
    """Answers every request with 200, as a collector of OpenTelemetry would that has nothing to do.

    Entered, it gives the variable that names it. It runs in the process that measures, which has nothing else to do.
    """

    def __init__(self, **_: object) -> None:
        self._listener: socket.socket

    def __enter__(self) -> dict[str, str]:
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{self._listener.getsockname()[1]}"}

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    @staticmethod
    def _answer(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError), connection, connection.makefile("rb") as stream:
            while line := stream.readline():
                length = 0
                while line.strip():
                    name, _, value = line.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                    line = stream.readline()
                stream.read(length)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
