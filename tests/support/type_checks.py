"""Runs mypy as users do. In a process of its own: what it remembers would slow down every test after it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def strict_mypy(file: Path, sources: Iterable[Path], *options: str) -> tuple[str, int]:
    """Check a file strictly; return what mypy printed, and its exit status.

    Args:
        file: what to check.
        sources: where the packages are that it imports.
        options: more options of mypy.
    """
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(map(str, sources))}
    command = [sys.executable, "-m", "mypy", "--strict", *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return done.stdout + done.stderr, done.returncode
