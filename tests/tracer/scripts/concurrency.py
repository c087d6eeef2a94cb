"""Runs work side by side in each way there is, under a trace of its own, and prints the trace ids as JSON."""

# the functions are cases, told by their names

import asyncio
import contextvars
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer

PARENT = "53995c3f42cd8ad8"
tracer = Tracer(service="shop")


@tracer.capture_method
async def leaf(number):
    await asyncio.sleep(0.001 * (number % 5))
    tracer.put_annotation("Number", number)


@tracer.capture_method
async def branch(number):
    await asyncio.sleep(0.001 * (number % 7))
    await asyncio.gather(leaf(number), leaf(number))
    tracer.put_annotation("Number", number)


@tracer.capture_method
def step(number):
    time.sleep(0.0005 * (number % 3))
    tracer.put_annotation("Number", number)


@tracer.capture_method
def job(number):
    step(number)
    tracer.put_annotation("Number", number)
    if number == 13:
        raise ValueError(number)


def outcome(future):
    """Wait for a job, of which one fails."""
    try:
        return future.result()
    except ValueError:
        return None


async def gather():
    await asyncio.gather(*(branch(number) for number in range(100)))


async def task_group():
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(branch(number))


async def wait_for():
    await asyncio.wait_for(leaf(1), timeout=60)


async def to_thread():
    await asyncio.gather(*(asyncio.to_thread(step, number) for number in range(20)))


async def run_in_executor():
    loop = asyncio.get_running_loop()
    await asyncio.gather(*(loop.run_in_executor(None, step, number) for number in range(20)))


def thread_pool():
    @tracer.capture_method
    def hand_out():
        with ThreadPoolExecutor(8) as pool:
            for future in [pool.submit(job, number) for number in range(50)]:
                outcome(future)

    hand_out()


def thread_pool_map():
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(step, range(20)))


def copied_contexts():
    with ThreadPoolExecutor(4) as pool:
        for number in range(20):
            pool.submit(contextvars.copy_context().run, step, number)


def propagated_threads():
    threads = [threading.Thread(target=tracer.propagate(step), args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def plain_threads():
    threads = [threading.Thread(target=step, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


async def task_that_outlives_its_parent():
    started = asyncio.Event()

    async def late():
        await started.wait()
        await leaf(1)

    @tracer.capture_method
    async def start():
        return asyncio.ensure_future(late())

    task = await start()
    started.set()
    await task


async def child_that_ends_after_its_parent():
    @tracer.capture_method
    async def start():
        task = asyncio.ensure_future(branch(6))
        await asyncio.sleep(0)
        return task

    await (await start())


CASES = [
    gather,
    task_group if sys.version_info >= (3, 11) else gather,
    wait_for,
    to_thread,
    run_in_executor,
    thread_pool,
    thread_pool_map,
    copied_contexts,
    propagated_threads,
    plain_threads,
    task_that_outlives_its_parent,
    child_that_ends_after_its_parent,
]


def run(case, trace_id):
    """Run a case as the body of a handler."""
    os.environ["_X_AMZN_TRACE_ID"] = f"Root={trace_id};Parent={PARENT};Sampled=1"
    if asyncio.iscoroutinefunction(case):

        @powertools(only=["tracer"])
        async def handler(event, context):
            await case()
    else:

        @powertools(only=["tracer"])
        def handler(event, context):
            case()

    handler({}, None)
    return trace_id


print(json.dumps({case.__name__: run(case, f"1-5759e988-{number:024x}") for number, case in enumerate(CASES, start=1)}))
