"""The environment's loop: one, kept between invocations, safe in threads, forks and inside other loops."""

from __future__ import annotations

import asyncio
import contextvars
import os
import threading

import pytest

from lambda_powertools.core import loop

VARIABLE = contextvars.ContextVar("variable", default="unset")


async def running_loop():
    """Return the loop that runs this."""
    await asyncio.sleep(0)
    return asyncio.get_running_loop()


def test_the_loop_is_the_same_for_every_run():
    """Two runs share a loop, and get_event_loop names it."""
    assert loop.run(running_loop()) is loop.run(running_loop()) is loop.get_event_loop()


def test_a_contended_lock_and_a_background_task_survive_between_runs():
    """What is bound to the loop is usable in the next run: a lock that had waiters, a task that is still going."""
    lock = asyncio.Lock()

    async def contend():
        async with lock:
            waiter = asyncio.ensure_future(lock.acquire())
            await asyncio.sleep(0)
        await waiter
        lock.release()
        return asyncio.ensure_future(asyncio.sleep(0, "background"))

    task = loop.run(contend())
    second = loop.run(contend())

    async def join():
        return await asyncio.gather(task, second)

    assert loop.run(join()) == ["background", "background"]


def test_the_callers_context_variables_are_seen():
    """A coroutine sees the variables as they are when it is run, not as they were when the loop was made."""

    async def read():
        return VARIABLE.get()

    loop.run(read())
    token = VARIABLE.set("now")
    try:
        assert loop.run(read()) == "now"
    finally:
        VARIABLE.reset(token)


def test_the_loop_may_be_asked_for_from_inside():
    """A coroutine that runs on the environment's loop may ask for it, to create a client that belongs to it."""

    async def ask():
        return loop.get_event_loop() is asyncio.get_running_loop()

    assert loop.run(ask())


def test_run_inside_a_running_loop_uses_another_thread():
    """A caller inside a loop gets the result from a thread, with its own context variables; loops do not nest."""

    async def outer():
        VARIABLE.set("outer")

        async def inner():
            return VARIABLE.get(), threading.current_thread()

        return loop.run(inner()), threading.current_thread()

    (value, thread), own_thread = asyncio.run(outer())

    assert value == "outer"
    assert thread is not own_thread


def test_runs_nest():
    """A sync function under the environment's own loop may run a coroutine, and its exception arrives."""

    async def inner(fail):
        if fail:
            raise KeyError("inner")
        return "inner"

    async def outer(fail):
        return loop.run(inner(fail))

    assert loop.run(outer(fail=False)) == "inner"
    with pytest.raises(KeyError, match="inner"):
        loop.run(outer(fail=True))


def test_a_thread_does_not_wait_for_another_threads_run():
    """While one thread uses the environment's loop, another goes on with one of its own, the same for each run."""
    entered, leave = threading.Event(), threading.Event()

    async def block():
        entered.set()
        await asyncio.to_thread(leave.wait, 60)
        return asyncio.get_running_loop()

    results = []
    blocking = threading.Thread(target=lambda: results.append(loop.run(block())))
    blocking.start()
    try:
        assert entered.wait(60)
        first, second = loop.run(running_loop()), loop.run(running_loop())
    finally:
        leave.set()
        blocking.join()

    assert first is second
    assert first is not results[0]
    assert results[0] is loop.get_event_loop()


def test_a_threads_loop_is_closed_with_the_thread():
    """Even where the traceback of an exception outlives the thread, its loop does not stay open."""
    kept = []

    async def fail():
        kept.append(asyncio.get_running_loop())
        raise KeyError

    def call():
        try:
            loop.run(fail())
        except KeyError as error:
            kept.append(error)

    async def keep_busy():
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()

    loop.run(keep_busy())

    assert isinstance(kept[1], KeyError)
    assert kept[0].is_closed()


def test_a_loop_that_somebody_closed_is_replaced():
    """A closed loop is no loop: the next run has a new one."""
    closed = loop.get_event_loop()
    closed.close()

    assert loop.run(running_loop()) is not closed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_has_a_loop_of_its_own(run_python):
    """A child neither uses nor breaks the loop of its parent: afterwards a thread can still wake the parent's."""
    program = """
        import asyncio, gc, os, threading, time
        from lambda_powertools.core import loop

        async def name():
            await asyncio.sleep(0)
            return id(asyncio.get_running_loop())

        before = loop.run(name())
        child = os.fork()
        if child == 0:
            own = loop.get_event_loop()
            loop.run(name())
            gc.collect()
            os._exit(0 if id(own) != before else 3)
        assert os.waitpid(child, 0)[1] == 0

        async def woken_by_a_thread():
            event, current, begin = asyncio.Event(), asyncio.get_running_loop(), time.monotonic()
            current.call_later(10, event.set)  # else it waits for ever, when the child has spoilt the wake-up
            threading.Timer(0.01, lambda: current.call_soon_threadsafe(event.set)).start()
            await event.wait()
            return time.monotonic() - begin < 10

        print(loop.run(woken_by_a_thread()), before == loop.run(name()))
    """

    # Ignoring the warning about a loop that is dropped open: as an error it would keep the loop from being closed.
    assert run_python(program, "-W", "ignore").split() == ["True", "True"]


def test_nothing_is_said_at_exit(run_python):
    """A process whose threads each used a loop ends without a word about them, also in development mode."""
    program = """
        import threading
        from lambda_powertools.core import loop

        async def nothing(): ...

        async def keep_busy():
            threads = [threading.Thread(target=lambda: loop.run(nothing())) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            entered.set()
            leave.wait()

        entered, leave = threading.Event(), threading.Event()
        other = threading.Thread(target=lambda: loop.run(keep_busy()))
        other.start()
        entered.wait()
        loop.run(nothing())
        leave.set()
        other.join()
    """

    assert run_python(program, "-X", "dev") == ""


def test_asking_whether_a_loop_runs_does_not_import_asyncio(run_python):
    """A sync function without async plugins never pays for asyncio."""
    program = """
        import sys
        from lambda_powertools.core import Registry, powertools

        @powertools(registry=Registry())
        def handler(event, context):
            return event

        handler({}, None)
        print("asyncio" in sys.modules)
    """

    assert run_python(program).split() == ["False"]
