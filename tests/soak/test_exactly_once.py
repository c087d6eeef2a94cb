from __future__ import annotations

import contextlib

import pytest
from atomic_moto import atomic_moto_server
from exactly_once import Outcome, run
from local_servers import DYNALITE, dynalite_server, redis_server

PROCESSES, KEYS, KILLS = 50, 200, 40


@contextlib.contextmanager
def sqlite_file(folder):
    """A SQLite file needs no server."""
    yield str(folder / "records.db")


@pytest.fixture
def place(request, tmp_path):
    """Where the store is; its server lives as long as the test."""
    if request.param == "dynalite" and not DYNALITE.exists():
        pytest.fail("dynalite is not installed: `hatch run soak` does it")
    servers = {"moto": atomic_moto_server, "dynalite": dynalite_server, "redis": redis_server}
    with servers[request.param]() if request.param in servers else sqlite_file(tmp_path) as where:
        yield where


@pytest.fixture(scope="module")
def table():
    """The outcomes of all runs, printed at the end."""
    outcomes = []
    yield outcomes
    print("", Outcome.header(), *(outcome.row() for outcome in outcomes), sep="\n")


@pytest.mark.soak
@pytest.mark.parametrize("kills", [0, KILLS], ids=["undisturbed", "killed"])
@pytest.mark.parametrize(
    ("store", "place"), [(name, name) for name in ("sqlite", "redis", "moto", "dynalite")], indirect=["place"]
)
def test_body_completes_once_for_each_key(store, place, kills, table):
    """Fifty processes share two hundred keys: each key's body ends once, and all see one response, `kill -9` or not."""
    # Longer than the slowest server takes to answer fifty processes on two cores; nobody dies in the undisturbed runs.
    outcome = run(store, place, processes=PROCESSES, keys=KEYS, kills=kills, window=5 if kills else 60)
    table.append(outcome)

    assert (outcome.lost, outcome.doubled) == ([], [])
    assert outcome.kills == kills
    assert outcome.executions == KEYS + kills
