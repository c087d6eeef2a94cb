"""What type checkers must see, checked by `test_typing.py` with `mypy --strict`; nothing here is run."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from lambda_powertools.core import (
    Application,
    Invocation,
    Plugin,
    Setting,
    Settings,
    current_invocation,
    hookimpl,
    invocation_scope,
    lambda_handler_decorator,
    powertools,
)
from lambda_powertools.core.typing import (
    DurableContextProtocol,
    LambdaClientContext,
    LambdaContext,
    LambdaHandler,
    is_durable_context,
)

EVENT: dict[str, Any] = {}
CONTEXT = LambdaContext()


# @powertools keeps the handler's signature


@powertools
def bare(event: dict[str, Any], context: LambdaContext) -> str:
    """Be decorated bare."""
    return ""


@powertools(service="orders", logger={"log_event": True}, only=["logger"], disable=["tracer"])
def with_options(event: dict[str, Any], context: LambdaContext, retries: int = 0) -> list[int]:
    """Be decorated with options."""
    return []


@powertools
async def asynchronous(event: dict[str, Any], context: LambdaContext) -> bytes:
    """Be an async handler."""
    return b""


@powertools(metrics=False)
async def asynchronous_with_options(event: dict[str, Any], context: LambdaContext) -> bytes:
    """Be an async handler, decorated with options."""
    return b""


assert_type(bare(EVENT, CONTEXT), str)
assert_type(bare(event=EVENT, context=CONTEXT), str)
assert_type(bare.application, Application)
assert_type(bare.__name__, str)
assert_type(with_options(EVENT, CONTEXT, retries=3), list[int])
bare("no dict", CONTEXT)  # type: ignore[arg-type]  # expected
bare(EVENT)  # type: ignore[call-arg]  # expected
with_options(EVENT, CONTEXT, "three")  # type: ignore[arg-type]  # expected
powertools(service=5)  # type: ignore[call-overload]  # expected
powertools("orders")  # type: ignore[call-overload]  # expected


class Service:
    """A class with handlers."""

    @powertools
    def method(self, event: dict[str, Any], context: LambdaContext) -> str:
        """Be a method."""
        return ""

    @powertools(service="orders")
    async def async_method(self, event: dict[str, Any], context: LambdaContext) -> str:
        """Be an async method."""
        return ""

    @staticmethod
    @powertools
    def static(event: dict[str, Any], context: LambdaContext) -> str:
        """Be a static method."""
        return ""


assert_type(Service().method(EVENT, CONTEXT), str)
assert_type(Service.method(Service(), EVENT, CONTEXT), str)
assert_type(Service.static(EVENT, CONTEXT), str)


async def awaited() -> None:
    """Wait for async handlers."""
    assert_type(await asynchronous(EVENT, CONTEXT), bytes)
    assert_type(await asynchronous_with_options(EVENT, CONTEXT), bytes)
    assert_type(await Service().async_method(EVENT, CONTEXT), str)


Service().method("no dict", CONTEXT)  # type: ignore[arg-type]  # expected


# Middlewares keep their options and the handler's types


@lambda_handler_decorator
def plain(handler: Any, event: Any, context: Any) -> Any:
    """Be a middleware without options."""
    return handler(event, context)


@lambda_handler_decorator(trace_execution=True)
def with_level(handler: Any, event: Any, context: Any, *, level: int = 1) -> Any:
    """Be a middleware with an option."""
    return handler(event, context)


@plain
def behind_plain(event: dict[str, Any], context: LambdaContext) -> str:
    """Be decorated bare."""
    return ""


@with_level(level=2)
def behind_level(event: dict[str, Any], context: LambdaContext) -> str:
    """Be decorated with an option."""
    return ""


@powertools
@with_level(level=2)
def behind_both(event: dict[str, Any], context: LambdaContext) -> str:
    """Be decorated twice."""
    return ""


assert_type(behind_plain, LambdaHandler[dict[str, Any], LambdaContext, str])
assert_type(behind_plain(EVENT, CONTEXT), str)
assert_type(behind_plain(event=EVENT, context=CONTEXT), str)
assert_type(behind_level(EVENT, CONTEXT), str)
assert_type(behind_both(EVENT, CONTEXT), str)
with_level(level="high")  # type: ignore[call-overload]  # expected
with_level(lvel=1)  # type: ignore[call-overload]  # expected
behind_plain(1, CONTEXT)  # type: ignore[arg-type]  # expected


# Plugins, invocations, settings


class Options:
    """Options of a plugin."""

    def __init__(self, *, topic: str = "audit") -> None:
        self.topic = topic


class Audit(Plugin[Options]):
    """A plugin."""

    name = "audit"
    order = 150
    on_failure = "warn"
    Options = Options

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Use the options and the invocation."""
        assert_type(self.options, Options)
        assert_type(invocation.cold_start, bool)
        assert_type(invocation.deadline, float | None)
        assert_type(invocation.request_id, str | None)
        assert_type(invocation.error, BaseException | None)
        assert_type(invocation.state, dict[str, Any])


assert_type(Audit.before_invoke(Audit(Options()), Invocation(EVENT, CONTEXT)), None)
assert_type(current_invocation(), Invocation | None)
with invocation_scope(EVENT, CONTEXT) as scoped:
    assert_type(scoped, Invocation)
assert_type(Settings().service_name, str | None)
assert_type(Settings().parameters_max_age, int)
assert_type(Settings().plugins, frozenset[str] | None)
assert_type(Settings().dev, bool)
assert_type(Settings.trace_disabled, Setting[bool])
assert_type(Settings.trace_disabled.resolve(), bool)
assert_type(Setting("X", 1, int).resolve("x"), int)  # type: ignore[arg-type]  # expected


# The Lambda types

assert_type(CONTEXT.function_name, str)
assert_type(CONTEXT.memory_limit_in_mb, int)
assert_type(CONTEXT.tenant_id, str | None)
assert_type(CONTEXT.client_context, LambdaClientContext)
assert_type(CONTEXT.client_context.client.app_title, str)
assert_type(CONTEXT.get_remaining_time_in_millis(), int)
CONTEXT.function_name = "other"  # type: ignore[misc]  # expected


def unwrap(context: LambdaContext | DurableContextProtocol) -> str:
    """Take both kinds of context."""
    if is_durable_context(context):
        assert_type(context.lambda_context, LambdaContext)
        return context.lambda_context.function_name
    return ""


def takes_handler(handler: LambdaHandler[dict[str, Any], LambdaContext, str]) -> None:
    """Take any handler."""


def function(event: dict[str, Any], context: LambdaContext) -> str:
    """Be a handler."""
    return ""


takes_handler(function)
takes_handler(bare)
takes_handler(behind_plain)
takes_handler(with_options)  # type: ignore[arg-type]  # expected
