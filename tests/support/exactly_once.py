"""Many processes, killed in the middle of their work, call one idempotent function with the same keys.

Run as a program it reads its plan from its arguments, forks the workers from a small parent, kills those that are in
the middle of a function that is planned to die, forks others in their place, and prints what happened as JSON. What ran
is counted in a file that the bodies append to, so the count does not depend on the store.
"""

from __future__ import annotations

import collections
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


class Outcome:
    """What came of a run.

    `executions` counts the bodies that began, `doubled` the keys whose body ended more than once, `lost` those whose
    body never ended or whose response was not the same for every process and for a replay at the end.
    """

    def __init__(self, store, plan, report, seconds):
        self.store, self.keys, self.processes = store, plan["keys"], plan["processes"]
        self.kills, self.executions = report["kills"], report["executions"]
        self.lost, self.doubled = report["lost"], report["doubled"]
        self.seconds = seconds

    @staticmethod
    def header():
        return (
            f"{'store':<12}{'keys':>6}{'processes':>11}{'kills':>7}{'executions':>12}{'lost':>6}"
            f"{'doubled':>9}{'seconds':>9}"
        )

    def row(self):
        return (
            f"{self.store:<12}{self.keys:>6}{self.processes:>11}{self.kills:>7}{self.executions:>12}{len(self.lost):>6}"
            f"{len(self.doubled):>9}{self.seconds:>9.1f}"
        )


def run(store, place, *, processes, keys, kills, window=4.0, timeout=300):
    """Run a plan in a process of its own and return the outcome.

    `store` is one of `LAYERS`, `place` where it is; `window` is the time in seconds after which a call counts as dead.
    """
    plan = {"store": store, "place": place, "processes": processes, "keys": keys, "kills": kills, "window": window}
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, json.dumps({**plan, "folder": folder, "timeout": timeout})]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout + 60)
    if result.returncode != 0:
        raise RuntimeError(result.stdout + result.stderr)
    return Outcome(store, plan, json.loads(result.stdout), time.monotonic() - begin)


def _sqlite(place):
    from lambda_powertools.idempotency import EmbeddedPersistenceLayer

    return EmbeddedPersistenceLayer(place)


def _redis(place):
    import redis

    from lambda_powertools.idempotency.persistence.cache import CachePersistenceLayer

    return CachePersistenceLayer(client=redis.Redis.from_url(place))


def _dynamodb(place):
    from local_servers import client

    from lambda_powertools.idempotency import DynamoDBPersistenceLayer

    return DynamoDBPersistenceLayer("exactly-once", boto3_client=client("dynamodb", place))


LAYERS = {"sqlite": _sqlite, "redis": _redis, "moto": _dynamodb, "dynalite": _dynamodb}


def _create_table(place):
    from local_servers import client

    client("dynamodb", place).create_table(
        TableName="exactly-once",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    while client("dynamodb", place).describe_table(TableName="exactly-once")["Table"]["TableStatus"] != "ACTIVE":
        time.sleep(0.05)


class Worker:
    """What one process does: all keys, each until it has a response."""

    def __init__(self, plan, layer, doomed):
        from lambda_powertools.idempotency import IdempotencyConfig, idempotent_function

        self.plan, self.doomed = plan, doomed
        self.log = Path(plan["folder"]) / "log"
        config = IdempotencyConfig(in_progress_expires_after_seconds=plan["window"], expires_after_seconds=3600)
        self.call = idempotent_function(
            self.body, data_keyword_argument="key", persistence_store=layer, config=config, key_prefix="exactly-once"
        )
        self.pipe = -1

    def body(self, key):
        token = os.urandom(8).hex()
        self.append(f"begin {key} {token}")
        if self.is_to_die(key):
            os.write(self.pipe, f"{os.getpid()}\n".encode())
            time.sleep(600)  # until the parent kills
        time.sleep(0.002)
        self.append(f"end {key} {token}")
        return {"key": key, "token": token}

    def is_to_die(self, key):
        """Take one of the deaths that are planned for a key, if any is left."""
        for number in range(self.doomed[key]):
            try:
                os.close(os.open(f"{self.plan['folder']}/death-{key}-{number}", os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            return True
        return False

    def append(self, line):
        file = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(file, f"{line}\n".encode())
        os.close(file)

    def work(self, seed):
        from lambda_powertools.idempotency.exceptions import (
            IdempotencyAlreadyInProgressError,
            IdempotencyInconsistentStateError,
        )

        deadline = time.monotonic() + self.plan["timeout"]
        order = list(range(self.plan["keys"]))
        random.Random(seed).shuffle(order)  # noqa: S311  # an order that can be repeated
        waiting = collections.deque(order)
        responses = {}
        while waiting:
            key = waiting.popleft()
            try:
                responses[key] = self.call(key=key)["token"]
            except (IdempotencyAlreadyInProgressError, IdempotencyInconsistentStateError):
                waiting.append(key)
                if len(waiting) < 10:
                    time.sleep(0.05)
            if time.monotonic() > deadline:
                raise TimeoutError(f"no response for {sorted({*waiting, key})}")
        return responses


def _fork(worker, number, pipes):
    """Start a worker; its responses go to a file, its wish to be killed into the pipe."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        worker.pipe = pipes[1]
        responses = worker.work(number)
        path = Path(worker.plan["folder"]) / f"responses-{number}"
        path.write_text(json.dumps(responses))
        status = 0
    finally:
        if status:
            import traceback

            traceback.print_exc()
        os._exit(status)


def _supervise(worker, plan):
    """Keep the workers running until all have ended by themselves; return how many were killed."""
    pipes = os.pipe()
    workers = {_fork(worker, number, pipes): number for number in range(plan["processes"])}
    kills, replaced = 0, plan["processes"]
    while workers:
        ready, _, _ = select.select([pipes[0]], [], [], 0.02)
        for line in os.read(pipes[0], 4096).split() if ready else ():
            os.kill(int(line), signal.SIGKILL)
            kills += 1
        while workers:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                break
            workers.pop(process)
            if os.WIFSIGNALED(status):
                workers[_fork(worker, replaced, pipes)] = replaced
                replaced += 1
            elif status:
                for other in workers:
                    os.kill(other, signal.SIGKILL)
                sys.exit("a worker failed")
    return kills


def _report(worker, plan, kills):
    begun, ended = 0, collections.defaultdict(list)
    for line in worker.log.read_text().splitlines():
        what, key, token = line.split()
        begun += what == "begin"
        if what == "end":
            ended[int(key)].append(token)
    seen = collections.defaultdict(set)
    for path in Path(plan["folder"]).glob("responses-*"):
        for key, token in json.loads(path.read_text()).items():
            seen[int(key)].add(token)
    for key in range(plan["keys"]):  # a process that comes late
        seen[key].add(worker.call(key=key)["token"])
    lost = [key for key in range(plan["keys"]) if len(seen[key]) != 1 or not seen[key] <= set(ended[key])]
    doubled = [key for key, tokens in ended.items() if len(tokens) > 1]
    return {"kills": kills, "executions": begun, "lost": lost, "doubled": doubled}


def main():
    plan = json.loads(sys.argv[1])
    if plan["store"] in {"moto", "dynalite"}:
        _create_table(plan["place"])
    # Some keys die more than once: whoever takes over may die, too.
    deaths = random.Random(7).choices(range(plan["keys"]), k=plan["kills"])  # noqa: S311  # that can be repeated
    doomed = collections.Counter(deaths)
    worker = Worker(plan, LAYERS[plan["store"]](plan["place"]), doomed)
    kills = _supervise(worker, plan)
    print(json.dumps(_report(worker, plan, kills)))


if __name__ == "__main__":
    main()
