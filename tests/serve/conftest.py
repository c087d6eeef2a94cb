"""The bookshop, served."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own package, serve_support

from serve_support.server import Server

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def bookshop():
    """The example in `examples/bookshop`, served as its README says."""
    server = Server(["examples.bookshop.app:handler"], ROOT, {**os.environ, "POWERTOOLS_METRICS_NAMESPACE": "Bookshop"})
    yield server
    server.close()
