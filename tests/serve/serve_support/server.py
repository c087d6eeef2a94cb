"""A running `powertools serve`, for the tests that talk to one."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading

import httpx


class Server:
    """A running `powertools serve`; the port is a free one.

    Attributes:
        url: its address.
        lines: what it has written to stderr, None at the end.
        client: a client for it, whose `request`, `get` and `post` are the server's, too.
    """

    PATIENCE = 30

    def __init__(self, arguments, folder, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lambda_powertools.cli", "serve", *arguments, "--port", "0"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.lines = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = re.search(r"http://\S+", self.wait_for("Serving "))[0]
        self.client = httpx.Client(base_url=self.url, timeout=self.PATIENCE, trust_env=False)
        self.request, self.get, self.post = self.client.request, self.client.get, self.client.post

    def _read(self):
        for line in self.process.stderr:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self.lines.append(None)
            self._changed.notify_all()

    def wait_for(self, text, after=0):
        """Return the first line of stderr that has the text, once there is one."""

        def found():
            hit = [line for line in self.lines[after:] if line is not None and text in line]
            return hit or (None in self.lines)

        with self._changed:
            assert self._changed.wait_for(found, self.PATIENCE), f"no {text!r} in {self.lines}"
            for line in self.lines[after:]:
                if line is not None and text in line:
                    return line
        raise AssertionError(f"ended without {text!r}: {self.lines}")

    def end(self, number=signal.SIGTERM):
        """Send a signal and return the exit code; what it wrote to stderr is in `lines`."""
        self.client.close()
        self.process.send_signal(number)
        code = self.process.wait(self.PATIENCE)
        self._reader.join(self.PATIENCE)
        return code

    def close(self):
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        self.client.close()
        self._reader.join(self.PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
