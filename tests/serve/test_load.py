from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from serve_support.server import Server

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
USERS, ENOUGH, PATIENCE = 20, 400, 50


@pytest.mark.parametrize("concurrency", [1, 8])
def test_many_clients_at_once_get_their_own_answers(concurrency, tmp_path):
    """Under the load of 20 users every request is answered, by what its own user has sent, whatever the threads."""
    server = Server(["examples.bookshop.app:handler", "--concurrency", str(concurrency)], ROOT, dict(os.environ))
    command = [sys.executable, "-m", "locust", "-f", str(FOLDER / "locustfile.py"), "--headless", "--host", server.url]
    options = ["--users", USERS, "--spawn-rate", USERS, "--run-time", f"{PATIENCE}s", "--stop-timeout", 10, "--json"]

    try:
        finished = subprocess.run(
            [*command, *map(str, options), "--only-summary", "--exit-code-on-error", "1"],
            cwd=tmp_path,
            env={**os.environ, "ENOUGH_REQUESTS": str(ENOUGH)},
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE + 30,
            check=False,
        )
    finally:
        server.close()

    assert finished.returncode == 0, finished.stderr[-5000:]
    kinds = json.loads(finished.stdout)
    assert {kind["name"] for kind in kinds} == {"review", "author", "look up", "form"}
    assert sum(kind["num_failures"] for kind in kinds) == 0
    total = sum(kind["num_requests"] for kind in kinds)
    assert total >= ENOUGH
    lines = [line.split()[2] for line in server.lines if line and " ms " in line]
    assert set(lines) <= {"200", "201"}
    assert len(lines) >= total  # a request may be under way when the users leave
