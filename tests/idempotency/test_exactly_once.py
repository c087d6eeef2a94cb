from __future__ import annotations

import pytest
from exactly_once import run


@pytest.fixture
def place(request, tmp_path):
    """Where the store is."""
    return request.getfixturevalue("redis_url") if request.param == "redis" else str(tmp_path / "records.db")


@pytest.mark.parametrize(("store", "place"), [("sqlite", "sqlite"), ("redis", "redis")], indirect=["place"])
def test_body_completes_once_although_processes_are_killed(store, place):
    """Eight processes share 25 keys, and some are killed in the middle: each key's body ends once, for all to see."""
    outcome = run(store, place, processes=8, keys=25, kills=5, window=2)

    assert (outcome.lost, outcome.doubled) == ([], [])
    assert (outcome.kills, outcome.executions) == (5, 30)
