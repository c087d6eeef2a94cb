"""Libraries are traced whenever the function imports them, and none is imported for being traced."""

from __future__ import annotations

import pytest

USE = {
    "sqlite3": """
import sqlite3
def use():
    sqlite3.connect(":memory:").execute("select 1")
""",
    "boto3": """
import boto3, botocore.stub
def use():
    client = boto3.client("sts")
    with botocore.stub.Stubber(client) as stubber:
        stubber.add_response("get_caller_identity", {"Account": "123456789012"})
        client.get_caller_identity()
""",
    "requests": """
import requests
def use():
    try: requests.get("http://127.0.0.1:9/health", timeout=1)
    except requests.ConnectionError: pass
""",
}
SUBSEGMENTS = {"sqlite3": ":memory:", "boto3": "sts", "requests": "127.0.0.1"}
TRACER = """
from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer
Tracer(), Tracer()
"""
HANDLER = """
@powertools(only=["tracer"])
def handler(event, context):
    use()
handler({}, None)
"""
LATE = """
def use():
    exec(LIBRARY, globals())
    use()
"""


@pytest.mark.parametrize("library", USE)
@pytest.mark.parametrize("imported", ["before the tracer", "after the tracer", "in the handler"])
def test_a_library_is_traced_whenever_it_is_imported(run_in_lambda, library, imported):
    """TRC-16a [beat], T-9: imported before or after the tracer, at module level or late, a library is traced once."""
    parts = {
        "before the tracer": [USE[library], TRACER],
        "after the tracer": [TRACER, USE[library]],
        "in the handler": [TRACER, f"LIBRARY = {USE[library]!r}", LATE],
    }

    trace = run_in_lambda("\n".join([*parts[imported], HANDLER]))

    names = [name for name, _ in trace.tree(trace.named("## handler")["id"])]
    assert [name for name in names if name == SUBSEGMENTS[library]] == [SUBSEGMENTS[library]]


HTTPX = """
import asyncio, json, socket, threading, httpx
listener = socket.create_server(("127.0.0.1", 0))
address = "http://127.0.0.1:%d" % listener.getsockname()[1]
ends = []
def answer():
    for _ in range(2):
        connection, _ = listener.accept()
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 204 No Content\\r\\n\\r\\n")
        connection.settimeout(5)
        ends.append(connection.recv(1).decode())  # empty when the other side has closed
        connection.close()
answering = threading.Thread(target=answer)
answering.start()
async def use_async():
    client = httpx.AsyncClient()
    await client.get(address)
    await client.aclose()
    return client
def use():
    client = httpx.Client()
    client.get(address)
    client.close()
    kept.extend([client, asyncio.run(use_async())])  # so that no garbage collection closes what they have
kept = []
"""


@pytest.mark.parametrize("tracer", ["Tracer()", "Tracer(patch_modules=['httpx'])"], ids=["all", "listed"])
def test_clients_of_httpx_close_their_connections(run_in_lambda, tracer):
    """What a traced client has open is closed with it."""
    script = f"""{HTTPX}
from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer
{tracer}
{HANDLER}
answering.join()
print(json.dumps(ends))
"""

    trace = run_in_lambda(script)

    assert trace.printed == ["", ""]
    names = [name for name, _ in trace.tree(trace.named("## handler")["id"])]
    assert names.count("127.0.0.1") == 2


def test_nothing_is_imported_on_the_users_behalf(run_in_lambda):
    """TRC-16a [beat]: a function that uses no library that X-Ray knows has none of them imported."""
    script = f"""{TRACER}
import json, sys
def use(): pass
{HANDLER}
print(json.dumps([name for name in ("sqlite3", "botocore", "requests", "httpx", "urllib3") if name in sys.modules]))
"""

    assert run_in_lambda(script).printed == []


def test_an_explicit_list_is_patched_at_once(run_in_lambda):
    """TRC-15, TRC-16: the libraries of a list, and only they, are imported and patched; boto3 means botocore."""
    script = """
import json, sys
from lambda_powertools.tracer import Tracer
Tracer(patch_modules=["boto3"])
before = ["botocore" in sys.modules, "sqlite3" in sys.modules]
import botocore.client, sqlite3
print(json.dumps([*before, hasattr(botocore.client, "_xray_enabled"), hasattr(sqlite3.connect, "__wrapped__")]))
"""

    assert run_in_lambda(script).printed == [True, False, True, False]


def test_an_unknown_library_in_a_list_is_named(run_in_lambda):
    """TRC-16: a name that the SDK does not know is its plain Exception, and only lists can hold one."""
    script = """
import json
from lambda_powertools.tracer import Tracer
try: Tracer(patch_modules=["sqlite3", "no_such_library"])
except Exception as error: print(json.dumps([type(error).__name__, str(error)]))
"""

    kind, message = run_in_lambda(script).printed

    assert kind == "Exception"
    assert "no_such_library" in message


@pytest.mark.parametrize("how", ["disabled=True", "auto_patch=False"])
def test_libraries_stay_as_they_are(run_in_lambda, how):
    """TRC-7, TRC-15: a disabled tracer, or one that is told not to, patches nothing now or later."""
    script = f"""
import json, sys
from lambda_powertools.tracer import Tracer
tracer = Tracer({how})
import sqlite3
tracer.capture_method(lambda: 1)()
from concurrent.futures import ThreadPoolExecutor
print(json.dumps([hasattr(function, "__wrapped__") for function in (sqlite3.connect, ThreadPoolExecutor.submit)]))
"""

    assert run_in_lambda(script).printed == [False, False]


def test_an_import_is_not_changed_by_being_watched(run_in_lambda):
    """TRC-16a: the module, its loader, a search for it and a reload are what they are without a tracer."""
    script = """
import importlib, importlib.util, json
from importlib.machinery import SourceFileLoader
from lambda_powertools.tracer import Tracer
Tracer()
found = importlib.util.find_spec("sqlite3")
assert found.loader.get_source("sqlite3")
assert importlib.util.find_spec("psycopg2") is importlib.util.find_spec("no_such_module") is None
import sqlite3
assert type(sqlite3.__loader__) is type(sqlite3.__spec__.loader) is SourceFileLoader
assert sqlite3.__spec__.origin == found.origin
assert importlib.reload(sqlite3) is sqlite3
try: import psycopg2
except ModuleNotFoundError as error: print(json.dumps(error.name))
"""

    assert run_in_lambda(script).printed == "psycopg2"


def test_a_library_that_cannot_be_patched_can_be_imported(run_in_lambda, tmp_path):
    """TRC-50 [beat]: one unlike what the SDK expects works, untraced, and so does one that fails the first time."""
    (tmp_path / "pymysql.py").write_text("answer = 42\n")
    (tmp_path / "pg8000.py").write_text("import os\nif os.environ.pop('FAIL', None): raise OSError('not yet')\n")
    script = f"""{TRACER}
import json
import pymysql
def use(): pass
{HANDLER}
try: import pg8000
except OSError as error: first = str(error)
import pg8000
print(json.dumps([pymysql.answer, first]))
"""

    trace = run_in_lambda(script, PYTHONPATH=str(tmp_path), FAIL="1")

    assert trace.printed == [42, "not yet"]
    assert trace.stderr == ""


def test_imports_in_many_threads_do_not_wait_for_each_other(run_in_lambda):
    """TRC-16a: threads that import watched libraries while others open the first segment all come to an end."""
    script = f"""
import importlib, json, threading
{TRACER}
tracer = Tracer()
work = tracer.capture_method(lambda: 1)
names = ["sqlite3", "requests", "botocore.client", "boto3", "asyncio", "importlib.metadata", "inspect"]
threads = [threading.Thread(target=importlib.import_module, args=(name,), daemon=True) for name in names]
threads += [threading.Thread(target=work, daemon=True) for _ in range(5)]
for thread in threads: thread.start()
for thread in threads: thread.join(60)
import asyncio, botocore.client, inspect, sqlite3
asyncio.run, inspect.signature
patched = [hasattr(botocore.client, "_xray_enabled"), hasattr(sqlite3.connect, "__wrapped__")]
print(json.dumps([any(thread.is_alive() for thread in threads), *patched]))
"""

    trace = run_in_lambda(script)

    assert trace.printed == [False, True, True]
    assert len(trace.documents) == 5
