"""Runs the application in uvicorn, until a signal comes."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._serve.request_log import say
from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import NoReturn

    import uvicorn

    from lambda_powertools.cli._serve.job import ServeJob

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of SIGINT, as shells count; after SIGTERM it is 0."""

GRACE = 3
"""Seconds that requests under way have when the server is to end."""


def require_libraries() -> None:
    """Make sure that the server's libraries are installed.

    Raises:
        CliUsageError: one is not; names the extra that brings it.
    """
    from importlib.util import find_spec

    missing = [module for module in ("uvicorn", "watchfiles") if find_spec(module) is None]
    if missing:
        raise CliUsageError(
            f'powertools serve needs {" and ".join(missing)}: pip install "lambda-powertools-cli[serve]"'
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Args:
        host: address or name of an interface.
        port: number of the port, 0 for a free one.

    Raises:
        CliUsageError: the address cannot be had.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise CliUsageError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from None
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the address that a browser can be given."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(job: ServeJob, listener: socket.socket, announcement: str = "", *, tolerant: bool = False) -> int:
    """Serve until a signal comes; return the exit code.

    Args:
        job: what is to be served.
        listener: where.
        announcement: what is said when the handler is there.
        tolerant: whether a handler that cannot be imported is served as well, by errors, until its source is mended.

    Raises:
        CliUsageError: the path leads to no handler, or its plugins or settings are not what they should be.
        CliError: the handler's module cannot be imported.
    """
    import uvicorn

    from lambda_powertools.cli._serve.application import Application
    from lambda_powertools.cli._serve.environment import Environment

    sampled = bool(os.environ.get("AWS_XRAY_DAEMON_ADDRESS"))  # else nobody receives segments
    _prepare_process(job)
    environment = Environment(job, tolerant=tolerant)
    error = environment.start()
    if error is not None:
        description = "\n".join(error["stack"]) or error["message"]
        if not tolerant:
            raise CliError(f"{job.path} cannot be imported:\n{description}")
        say(description)
    if announcement:
        say(announcement)
    application: Any = Application(job.make_front_end(), environment, job.timeout, sampled=sampled)
    _quieten()
    config = uvicorn.Config(
        application,
        access_log=False,
        interface="asgi3",
        lifespan="off",
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        ws="none",
    )
    return _run(uvicorn.Server(config), listener)


def leave(code: int) -> NoReturn:
    """End the process at once.

    The interpreter would wait for threads that the function has started, for some of them even if they are daemons;
    Lambda waits for none.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


@contextmanager
def noting_signals(act: Callable[[], object]) -> Iterator[list[int]]:
    """Collect SIGINT and SIGTERM instead of ending at them.

    Args:
        act: called at each.
    """
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        received.append(number)
        act()

    previous = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def exit_code(received: list[int]) -> int:
    """Return the exit code after the signals that were received."""
    return INTERRUPTED if signal.SIGINT in received else 0


def _prepare_process(job: ServeJob) -> None:
    """Make this process one in which the function finds what Lambda gives it: environment and import path."""
    os.environ.update(job.environment())
    if (folder := os.getcwd()) not in sys.path and "" not in sys.path:  # noqa: PTH109  # a str is wanted
        sys.path.insert(0, folder)


def _run(server: uvicorn.Server, listener: socket.socket) -> int:
    # uvicorn takes the signals while it runs, and gives those that came to the handlers that were there before.
    with noting_signals(lambda: setattr(server, "should_exit", True)) as received:
        server.run(sockets=[listener])
    return exit_code(received)


def _quieten() -> None:
    """Let the server write what is wrong, and nothing else, whatever logging the function sets up."""
    logger = logging.getLogger("uvicorn")
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    logger.addHandler(logging.StreamHandler())
