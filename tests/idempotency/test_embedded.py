from __future__ import annotations

import os
import sqlite3
import threading
import time

import pytest

from lambda_powertools.idempotency import EmbeddedPersistenceLayer, idempotent_function
from lambda_powertools.idempotency.exceptions import IdempotencyConfigError, IdempotencyPersistenceLayerError
from lambda_powertools.idempotency.persistence import embedded
from lambda_powertools.idempotency.persistence.datarecord import DataRecord


@pytest.fixture
def path(tmp_path):
    return tmp_path / "records.db"


@pytest.fixture
def layers():
    """Make layers that are closed in the end."""
    made = []

    def make(*args, **kwargs):
        made.append(EmbeddedPersistenceLayer(*args, **kwargs))
        return made[-1]

    yield make
    for layer in made:
        layer.close()


def function_on(layer, config, body=lambda x: "result"):
    return idempotent_function(body, data_keyword_argument="x", persistence_store=layer, config=config, key_prefix="p")


def rows(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT id, status, data FROM idempotency").fetchall()
    finally:
        connection.close()


def test_memory_is_shared_by_threads(layers, make_config):
    """IDEM-70: a thread sees what another one has stored."""
    f, results = function_on(layers(), make_config(), lambda x: threading.get_ident()), []
    for _ in range(2):
        thread = threading.Thread(target=lambda: results.append(f(x=1)))
        thread.start()
        thread.join()

    assert results[0] == results[1]


def test_file_is_shared_by_layers(layers, path, make_config):
    """IDEM-70: layers on one file, as other processes have, share its records; a str is a path too."""
    assert function_on(layers(path), make_config())(x=1) == "result"
    assert function_on(layers(str(path)), make_config(), lambda x: pytest.fail("ran"))(x=1) == "result"
    assert [row[1:] for row in rows(path)] == [("COMPLETED", '"result"')]


def test_nothing_is_made_before_the_first_use(layers, path):
    """IDEM-71: the file and its table come with the first record."""
    layer = layers(path)
    assert not path.exists()
    layer._put_record(data_record=DataRecord("k", "INPROGRESS", int(time.time()) + 9))
    assert [row[0] for row in rows(path)] == ["k"]


def test_table_can_be_named(layers, path, make_config):
    """IDEM-70: two tables in one file are two stores; what is no name is refused."""
    assert function_on(layers(path), make_config())(x=1) == "result"
    assert function_on(layers(path, "other"), make_config(), lambda x: "other")(x=1) == "other"
    with pytest.raises(IdempotencyConfigError, match="table_name"):
        EmbeddedPersistenceLayer(path, 'x"; DROP TABLE idempotency')


def test_clear_empties_the_store(layers, make_config):
    """IDEM-72: after it every call is a first one."""
    layer, runs = layers(), []
    f = function_on(layer, make_config(), lambda x: runs.append(x) or None)
    f(x=1)
    layer.clear()
    f(x=1)

    assert runs == [1, 1]


def test_expired_records_are_purged_little_by_little(layers, path):
    """IDEM-71: claims clean up after themselves, so the file does not grow with dead records."""
    layer = layers(path)
    for number in range(100):
        layer._put_record(data_record=DataRecord(f"old-{number}", "INPROGRESS", 1))
    for number in range(64):
        layer._put_record(data_record=DataRecord(f"new-{number}", "INPROGRESS", int(time.time()) + 99))

    assert len(rows(path)) == 64


def test_older_call_leaves_the_newer_record(layers, make_config):
    """A call that has outlived its time neither overwrites nor deletes what took its place, and says so in the log."""
    for fails in (False, True):
        layer = layers()
        newer = function_on(layer, make_config(), lambda x: "newer")

        def older(x, *, newer=newer, fails=fails):
            time.sleep(0.005)
            newer(x=x)
            if fails:
                raise ValueError
            return "older"

        f = function_on(layer, make_config(in_progress_expires_after_seconds=0), older)
        try:
            assert f(x=1) == "older"
        except ValueError:
            assert fails
        assert newer(x=1) == "newer"


def test_wait_for_a_writer_is_bounded(layers, path, make_config, monkeypatch):
    """IDEM-71: a process that never ends its transaction is an error after the busy time-out."""
    monkeypatch.setattr(embedded, "BUSY_TIMEOUT_SECONDS", 0.05)
    layer = layers(path)
    layer._put_record(data_record=DataRecord("k", "INPROGRESS", 1))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(IdempotencyPersistenceLayerError, match="locked"):
            function_on(layer, make_config())(x=1)
    finally:
        other.close()


def test_layer_is_safe_after_a_fork(layers, path, make_config):
    """IDEM-71: a child process works on the file with a connection of its own."""
    layer = layers(path)
    f = function_on(layer, make_config())
    f(x=1)
    child = os.fork()
    if not child:
        os._exit(0 if f(x=1) == "result" and f(x=2) == "result" else 1)
    _, status = os.waitpid(child, 0)

    assert status == 0
    assert function_on(layer, make_config(), lambda x: pytest.fail("ran"))(x=2) == "result"


def test_layer_can_be_used_after_close(layers, path, make_config):
    """Closing lets the file go; the next call opens it again."""
    layer = layers(path)
    f = function_on(layer, make_config())
    f(x=1)
    layer.close()

    assert f(x=1) == "result"
