"""What a provider of `Tracer` has to keep to, rule by rule.

Each rule is a function that takes a factory: called, it returns a `TracingBackend`, a provider together with the means
to look at what it has recorded. A broken rule is a `ProviderConformanceError` that names it.
`pytest --tracing-provider=module:factory` runs them all. Of a provider that keeps nothing only that is checked which
the traced code sees.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from lambda_powertools.testing.exceptions import ProviderConformanceError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence


class RecordedSpan(NamedTuple):
    """A span that has ended.

    Attributes:
        id: tells it from all others.
        parent: id of the span it is below; of one that was not recorded here, or None, at the top.
        name: its name.
        failed: whether it is marked as failed.
        annotations: what was annotated, by key.
    """

    id: str
    parent: str | None
    name: str
    failed: bool
    annotations: dict[str, Any]


class TracingBackend(Protocol):
    """A provider, and what it has recorded."""

    @property
    def provider(self) -> Any:
        """What `Tracer(provider=…)` is given."""

    def spans(self) -> Sequence[RecordedSpan] | None:
        """Return the spans that have ended since the factory was called; None if the provider keeps none."""


if TYPE_CHECKING:
    Factory = Callable[[], TracingBackend]
    Tree = tuple[str, list["Tree"]]

RULES: dict[str, Callable[[Factory], None]] = {}
"""The rules by name."""

_COROUTINES = 100
_THREADS = 20
_TIMEOUT = 30.0


def check_tracing_provider(factory: Factory) -> None:
    """Check all rules, without pytest.

    Args:
        factory: returns a backend that has recorded nothing yet; called once for each rule.

    Raises:
        ProviderConformanceError: a rule is broken; names it.

    Example:
        >>> from types import SimpleNamespace
        >>> from lambda_powertools.testing.providers.tracing import check_tracing_provider
        >>> from lambda_powertools.tracer.base import NoOpProvider
        >>> check_tracing_provider(lambda: SimpleNamespace(provider=NoOpProvider(), spans=lambda: None))
    """
    for check in RULES.values():
        check(factory)


def _rule(check: Callable[[_Run], None]) -> Callable[[Factory], None]:
    name = check.__name__.replace("_", "-")

    def run(factory: Factory) -> None:
        with _tracing(factory, name) as one:
            check(one)

    run.__doc__ = check.__doc__
    RULES[name] = run
    return run


@contextlib.contextmanager
def _tracing(factory: Factory, rule: str) -> Iterator[_Run]:
    tracer_class = import_module("lambda_powertools.tracer").Tracer
    tracer_class._reset_config()  # noqa: SLF001  # as documented for tests
    try:
        backend = factory()
        yield _Run(rule, backend, tracer_class(service="conformance", disabled=False, provider=backend.provider))
    finally:
        tracer_class._reset_config()  # noqa: SLF001  # the same


class _Run:
    """One rule on one backend."""

    def __init__(self, rule: str, backend: TracingBackend, tracer: Any) -> None:
        self.rule = rule
        self.backend = backend
        self.tracer = tracer

    def named(self, name: str, function: Callable[..., Any]) -> Any:
        """Return the function captured under a name."""
        function.__qualname__ = name
        function.__module__ = "conformance"
        return self.tracer.capture_method(function)

    def require(self, condition: object, problem: str) -> None:
        """Break the rule unless the condition holds."""
        if not condition:
            raise ProviderConformanceError(f"{self.rule}: {problem}")

    def expect(self, *trees: Tree) -> Sequence[RecordedSpan]:
        """Require that these trees were recorded, and nothing else; return the spans."""
        spans = self.backend.spans()
        if spans is None:
            return ()
        found, wanted = _trees(spans), _sorted(trees)
        self.require(found == wanted, f"recorded was {_show(found)} instead of {_show(wanted)}")
        return spans


def _trees(spans: Sequence[RecordedSpan]) -> list[Tree]:
    ids = {span.id for span in spans}

    def below(parent: str | None) -> list[Tree]:
        return sorted((_short(span.name), below(span.id)) for span in spans if span.parent == parent)

    tops = {span.parent for span in spans if span.parent not in ids}
    return sorted(tree for parent in tops for tree in below(parent))


def _sorted(trees: Iterable[Tree]) -> list[Tree]:
    return sorted((name, _sorted(below)) for name, below in trees)


def _short(name: str) -> str:
    return name.removeprefix("## ").removeprefix("conformance.")


def _show(trees: list[Tree]) -> str:
    parts = (name + (f"[{_show(below)}]" if below else "") for name, below in trees)
    return f"{', '.join(parts) or 'nothing':.400}"


@_rule
def nesting(run: _Run) -> None:
    """A span is below the one that is open when it opens, and what comes after it beside it."""
    leaf = run.named("leaf", lambda: 1)
    branch = run.named("branch", lambda: leaf() + leaf())
    root = run.named("root", lambda: branch() + leaf())
    run.require(root() == 3, "the traced functions gave another result than untraced")  # noqa: PLR2004  # three leaves
    leaf()
    run.expect(("root", [("branch", [("leaf", []), ("leaf", [])]), ("leaf", [])]), ("leaf", []))


@_rule
def notes(run: _Run) -> None:
    """A note lands on the span that is open, and on no other."""
    run.named("quiet", lambda: None)()

    def work() -> None:
        run.tracer.put_annotation("text", "a")
        inner()
        run.tracer.put_annotation("number", 7)
        run.tracer.put_metadata("anything", {"deep": [1]})

    inner = run.named("inner", lambda: run.tracer.put_annotation("flag", True))  # noqa: FBT003  # a value
    run.named("outer", work)()
    for span in run.expect(("quiet", []), ("outer", [("inner", [])])):
        expected = {"outer": {"text": "a", "number": 7}, "inner": {"flag": True}}.get(_short(span.name), {})
        found = {key: span.annotations[key] for key in ("text", "number", "flag") if key in span.annotations}
        run.require(found == expected, f"{_short(span.name)} has the annotations {found} instead of {expected}")


@_rule
def exceptions(run: _Run) -> None:
    """An exception leaves as it was, and marks the spans it passes as failed, those that it does not pass not."""
    fine = run.named("fine", lambda: None)
    for error in (ValueError("no"), KeyboardInterrupt()):

        def fail(error: BaseException = error) -> None:
            fine()
            raise error

        inner = run.named("inner", fail)
        caught: BaseException | None = None
        try:
            run.named("outer", lambda call=inner: call())()
        except BaseException as failure:  # noqa: BLE001  # it is looked at
            caught = failure
        run.require(caught is error, f"{caught!r} left instead of {error!r}")
        run.require(error.__cause__ is None, f"{error!r} was given a cause")
    tree: Tree = ("outer", [("inner", [("fine", [])])])
    for span in run.expect(tree, tree):
        expected = _short(span.name) != "fine"
        run.require(span.failed is expected, f"{_short(span.name)} is {'not ' if expected else ''}marked as failed")


@_rule
def coroutines(run: _Run) -> None:
    """A coroutine is recorded from its first step to its last; what it awaits is below it."""

    async def work() -> int:
        await asyncio.sleep(0)
        return int(await leaf())

    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("no")

    async def wait() -> int:
        await asyncio.sleep(0)
        return 1

    leaf = run.named("leaf", wait)
    run.require(asyncio.run(run.named("work", work)()) == 1, "a coroutine gave another result than untraced")
    with contextlib.suppress(ValueError):
        asyncio.run(run.named("fail", fail)())
        run.require(condition=False, problem="the exception of a coroutine was swallowed")
    for span in run.expect(("work", [("leaf", [])]), ("fail", [])):
        run.require(span.failed is (_short(span.name) == "fail"), f"{_short(span.name)} is wrongly marked")


@_rule
def gather(run: _Run) -> None:
    """A hundred coroutines at once are each below what gathered them, each with its own leaf and its own note."""

    async def work(number: int) -> int:
        run.tracer.put_annotation("number", number)
        await asyncio.sleep(0.001 * (number % 7))
        await leaf(number)
        return number

    async def wait(number: int) -> None:
        await asyncio.sleep(0)
        run.tracer.put_annotation("number", number)

    async def all_of_them() -> list[int]:
        return list(await asyncio.gather(*(branch(number) for number in range(_COROUTINES))))

    leaf, branch = run.named("leaf", wait), run.named("branch", work)
    results = asyncio.run(run.named("root", all_of_them)())
    run.require(results == list(range(_COROUTINES)), "gathered results are not those of the coroutines")
    spans = run.expect(("root", [("branch", [("leaf", [])])] * _COROUTINES))
    numbers = {span.id: span.annotations.get("number") for span in spans}
    branches = [span for span in spans if _short(span.name) == "branch"]
    if spans:
        found = sorted(span.annotations.get("number", -1) for span in branches)
        run.require(found == list(range(_COROUTINES)), "notes of coroutines are lost or on others' spans")
    for span in spans:
        if _short(span.name) == "leaf":
            same = span.annotations.get("number") == numbers.get(span.parent or "")
            run.require(same, "a leaf is below the branch of another coroutine")


@_rule
def generators(run: _Run) -> None:
    """Two generators that take turns are beside each other, and what their consumer does is below neither."""

    def numbers(count: int) -> Iterator[int]:
        for number in range(count):
            step()
            yield number

    async def later(count: int) -> AsyncIterator[int]:
        for number in range(count):
            step()
            yield number

    step = run.named("step", lambda: None)
    consume = run.named("consume", lambda: None)
    generator, asynchronous = run.named("numbers", numbers), run.named("later", later)

    def use() -> list[int]:
        first, second = generator(2), generator(2)
        found: list[int] = []
        for pair in zip(first, second, strict=True):
            consume()
            found += pair
        abandoned = generator(9)
        next(abandoned)
        abandoned.close()
        return found

    async def use_later() -> list[int]:
        found = []
        async for number in asynchronous(2):
            consume()
            found.append(number)
        return found

    run.require(run.named("use", use)() == [0, 0, 1, 1], "generators gave other values than untraced")
    run.require(asyncio.run(run.named("use", use_later)()) == [0, 1], "an asynchronous generator gave other values")
    two: Tree = ("numbers", [("step", []), ("step", [])])
    spans = run.expect(
        ("use", [("consume", []), ("consume", []), two, two, ("numbers", [("step", [])])]),
        ("use", [("consume", []), ("consume", []), ("later", [("step", []), ("step", [])])]),
    )
    run.require(not any(span.failed for span in spans), "a generator that was not exhausted is marked as failed")


@_rule
def context_managers(run: _Run) -> None:
    """What a `with` block does is below its context manager; an exception of the block reaches it, and goes on."""
    seen: list[BaseException] = []

    @contextlib.contextmanager
    def session() -> Iterator[str]:
        try:
            yield "open"
        except ValueError as error:
            seen.append(error)
            raise

    @contextlib.asynccontextmanager
    async def connection() -> AsyncIterator[str]:
        yield "open"

    work = run.named("work", lambda: None)
    managed, connected = run.named("session", session), run.named("connection", connection)

    async def use() -> None:
        async with connected() as value:
            run.require(value == "open", "an asynchronous context manager gave another value")
            work()

    with managed() as value:
        run.require(value == "open", "a context manager gave another value")
        work()
    asyncio.run(use())
    with contextlib.suppress(ValueError), managed():
        raise ValueError("no")
    run.require(len(seen) == 1, "the exception of a block did not reach its context manager")
    below: list[Tree] = [("work", [])]
    spans = run.expect(("session", below), ("connection", below), ("session", []))
    failed = [_short(span.name) for span in spans if span.failed]
    run.require(not spans or failed == ["session"], f"marked as failed are {failed} instead of the one session")


@_rule
def threads(run: _Run) -> None:
    """Work in a thread pool is below what gave it, and so is a thread of one's own with `propagate`."""
    step = run.named("step", lambda: None)

    def work(number: int) -> int:
        run.tracer.put_annotation("number", number)
        step()
        return number

    job = run.named("job", work)

    def hand_out() -> list[int]:
        thread = threading.Thread(target=run.tracer.propagate(job), args=(-1,))
        thread.start()
        thread.join(_TIMEOUT)
        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(job, range(_THREADS)))

    results = run.named("root", hand_out)()
    run.require(results == list(range(_THREADS)), "threads gave other results than untraced")
    spans = run.expect(("root", [("job", [("step", [])])] * (_THREADS + 1)))
    numbers = sorted(span.annotations.get("number", -9) for span in spans if _short(span.name) == "job")
    run.require(not spans or numbers == list(range(-1, _THREADS)), "notes of threads are lost or on others' spans")


@_rule
def separate_handlers(run: _Run) -> None:
    """Handlers that run at once in threads are each a tree of its own."""
    barrier = threading.Barrier(_THREADS, timeout=_TIMEOUT)

    def wait() -> None:
        barrier.wait()

    work = run.named("work", wait)

    @run.tracer.capture_lambda_handler  # type: ignore[untyped-decorator, unused-ignore]  # Tracer is imported by name
    def handler(event: int, context: Any) -> int:  # noqa: ARG001  # how Lambda calls it
        work()
        return event

    started = [threading.Thread(target=handler, args=(number, object())) for number in range(_THREADS)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join(_TIMEOUT)
    tree: Tree = ("handler", [("work", [])])
    run.expect(*[tree] * _THREADS)
