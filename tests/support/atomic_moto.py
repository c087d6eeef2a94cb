"""A moto server that handles one request at a time; run as a program with a port, it serves until it is terminated.

DynamoDB judges the condition of a write and writes in one step. moto does it in two, and serves each connection in a
thread: two conditional writes that come at once may both succeed.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path


@contextlib.contextmanager
def atomic_moto_server():
    """Start the server and give its URL."""
    from local_servers import _free_port, _process

    port = _free_port()
    with _process([sys.executable, "-W", "ignore", str(Path(__file__)), str(port)], port):
        yield f"http://127.0.0.1:{port}"


def serve(port):
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import run_simple

    moto = DomainDispatcherApplication(create_backend_app)
    lock = threading.Lock()

    def application(environ, start_response):
        with lock:
            return list(moto(environ, start_response))

    run_simple("127.0.0.1", port, application, threaded=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
