"""The process that serves after a reload: started with a listening socket, a pipe and a job, by nobody else."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading

from lambda_powertools.cli._serve.job import ServeJob
from lambda_powertools.cli._serve.server import GRACE, leave, serve


def main() -> None:
    """Serve the job of the command line until the parent ends."""
    listener, lifeline, job = sys.argv[1:]
    threading.Thread(target=_end_with_parent, args=(int(lifeline),), daemon=True).start()
    code = serve(ServeJob.from_json(job), socket.socket(fileno=int(listener)), tolerant=True)
    leave(code)


def _end_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)  # returns when the parent's end is closed
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE + 2)
    os._exit(0)


if __name__ == "__main__":
    main()
