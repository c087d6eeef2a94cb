import subprocess
import sys
import uuid
from contextlib import ExitStack, contextmanager
from pathlib import Path

import local_servers
import pytest

WORKER = Path(__file__).parent / "programs" / "worker.py"


@pytest.fixture(params=["redis", "dynamodb", pytest.param("dynalite", marks=pytest.mark.stores)])
def where(request):
    """The store's kind and URL, as the worker takes them."""
    fixture = {"redis": "redis_url", "dynamodb": "moto_url", "dynalite": "dynalite_url"}[request.param]
    url = request.getfixturevalue(fixture)
    if request.param != "redis":
        make_table(url)
    return ("redis" if request.param == "redis" else "dynamodb"), url


def make_table(url):
    client = local_servers.client("dynamodb", url)
    if "circuits" not in client.list_tables()["TableNames"]:
        client.create_table(
            TableName="circuits",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        client.get_waiter("table_exists").wait(TableName="circuits", WaiterConfig={"Delay": 1})


class Environment:
    """A process with one protected function."""

    def __init__(self, process):
        self.process = process

    def send(self, order):
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()

    def answer(self):
        return self.process.stdout.readline().strip()

    def call(self, order):
        self.send(order)
        return self.answer()


@contextmanager
def environments(where, count):
    command = [sys.executable, str(WORKER), *where, f"orders-{uuid.uuid4()}"]
    with ExitStack() as stack:
        started = []
        for _ in range(count):
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            stack.callback(process.wait)
            stack.callback(process.kill)
            stack.enter_context(process.stdout)
            stack.enter_context(process.stdin)
            started.append(Environment(process))
        for environment in started:
            assert environment.answer() == "ready"
        yield started


def test_what_one_process_opens_is_open_for_all_and_one_probes(where):
    """CB-24: of all environments that race when the recovery time is over, exactly one calls; it closes the circuit."""
    with environments(where, count=5) as all_of_them:
        assert all_of_them[0].call("fail") == "TimeoutError"
        assert [one.call("serve") for one in all_of_them[1:]] == ["CircuitBreakerOpenError"] * 4

        for one in all_of_them:
            one.send("later 31")
            one.send("serve")
        outcomes = [one.answer() for one in all_of_them]
        assert sorted(outcomes) == ["CircuitBreakerOpenError"] * 4 + ["served"]

        prober = all_of_them[outcomes.index("served")]
        assert prober.call("serve") == "served"
        assert [one.call("serve") for one in all_of_them] == ["served"] * 5


def test_a_prober_that_is_killed_is_replaced_when_its_lease_is_over(where):
    """CB-7: nothing but the lease has to be waited for."""
    with environments(where, count=2) as (first, second):
        assert first.call("fail") == "TimeoutError"
        for one in (first, second):
            one.send("later 31")
        assert first.call("hang") == "hanging"
        first.process.kill()
        first.process.wait()

        assert second.call("serve") == "CircuitBreakerOpenError"
        second.send("later 31")
        assert [second.call("serve") for _ in range(3)] == ["served"] * 3
