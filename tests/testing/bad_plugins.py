"""Plugins that each break one rule of the conformance kit, and one that keeps them all."""

from __future__ import annotations

import contextlib
import threading
from contextvars import ContextVar
from dataclasses import dataclass

from lambda_powertools.core import Plugin, hookimpl


@dataclass
class GoodOptions:
    topic: str = "audit"


class GoodPlugin(Plugin[GoodOptions]):
    """Keeps every rule, and does something in each hook."""

    name = "good"
    order = 150
    Options = GoodOptions

    @hookimpl
    def before_invoke(self, invocation):
        invocation.state["good"] = invocation.event["marker"]

    @hookimpl
    def after_invoke(self, invocation):
        invocation.response["audited"] = [self.options.topic, invocation.state["good"]]

    @hookimpl
    async def on_error(self, invocation, error): ...


class NamelessHook(Plugin[None]):
    name = "nameless"

    def before_invoke(self, invocation): ...


class NeedyOptions:
    def __init__(self, topic):
        self.topic = topic


class NeedyPlugin(Plugin[NeedyOptions]):
    """Cannot be used without options, though it is used wherever it is installed."""

    name = "needy"
    Options = NeedyOptions


class LooseOptions:
    def __init__(self, topic="audit", **others):
        self.topic = topic


class LoosePlugin(Plugin[LooseOptions]):
    """Takes any option."""

    name = "loose"
    Options = LooseOptions


_tenant: ContextVar[str | None] = ContextVar("bad_plugins.tenant", default=None)


class UncleanPlugin(Plugin[None]):
    """Cleans up after a response, not after an error."""

    name = "unclean"

    @hookimpl
    def before_invoke(self, invocation):
        invocation.state["unclean"] = _tenant.set("acme")

    @hookimpl
    def after_invoke(self, invocation):
        _tenant.reset(invocation.state["unclean"])


class TwicePlugin(Plugin[None]):
    """Cleans up twice after an error."""

    name = "twice"

    @hookimpl
    def before_invoke(self, invocation):
        invocation.state["twice"] = _tenant.set("acme")

    @hookimpl
    def after_invoke(self, invocation):
        _tenant.reset(invocation.state["twice"])

    @hookimpl
    def on_error(self, invocation):
        _tenant.reset(invocation.state["twice"])
        self.after_invoke(invocation)


class ThreadPlugin(Plugin[None]):
    """Leaves a thread behind."""

    name = "threads"
    done = threading.Event()

    @hookimpl
    def before_invoke(self, invocation):
        threading.Thread(target=self.done.wait, args=(30,), daemon=True).start()


class LeakyPlugin(Plugin[None]):
    """Keeps the invocations."""

    name = "leaky"

    def __init__(self):
        super().__init__()
        self.kept = []

    @hookimpl
    def before_invoke(self, invocation):
        self.kept.append(invocation)


class GrowingPlugin(Plugin[None]):
    """Keeps something of every invocation, though not itself."""

    name = "growing"

    def __init__(self):
        super().__init__()
        self.seen = {}

    @hookimpl
    def on_error(self, invocation):
        self.seen[invocation.request_id] = True


class SyncOnlyPlugin(Plugin[None]):
    """Cannot run where a loop is running."""

    name = "sync_only"
    on_failure = "warn"

    @hookimpl
    def after_invoke(self, invocation):
        import asyncio

        work = asyncio.sleep(0)
        try:
            asyncio.run(work)
        finally:
            work.close()


class SharingPlugin(Plugin[None]):
    """Keeps what belongs to an invocation on itself."""

    name = "sharing"
    current = None

    @hookimpl
    def before_invoke(self, invocation):
        self.current = invocation.event["marker"]

    @hookimpl
    def after_invoke(self, invocation):
        invocation.response["audited"] = self.current
        self.current = None

    @hookimpl
    def on_error(self, invocation):
        self.current = None


_local = threading.local()


class ThreadLocalPlugin(Plugin[None]):
    """Keeps what belongs to an invocation on its thread, which tasks share."""

    name = "thread_local"

    @hookimpl
    def before_invoke(self, invocation):
        _local.marker = invocation.event["marker"]

    @hookimpl
    def after_invoke(self, invocation):
        invocation.response["audited"] = _local.marker


class SwallowingPlugin(Plugin[None]):
    """Hides every error that is not the handler's own."""

    name = "swallowing"

    @hookimpl
    def on_error(self, invocation, error):
        if type(error).__name__ not in {"_HandlerError", "_HandlerInterrupt"}:
            invocation.recover({"statusCode": 500})


class WrappingPlugin(Plugin[None]):
    """Puts its own error in the place of the handler's."""

    name = "wrapping"

    @hookimpl
    def on_error(self, invocation, error):
        if type(error).__name__ == "_HandlerError" and error.args == ("raised for error",):
            with contextlib.suppress(Exception):
                error.args = ("something went wrong",)


class ChattyPlugin(Plugin[None]):
    """Prints."""

    name = "chatty"

    @hookimpl
    def after_invoke(self, invocation):
        print("all is well")


class ExcusedPlugin(ChattyPlugin):
    """Prints, and says so."""

    name = "excused"
    conformance_exemptions = {"no-output": "printing is all it does"}  # noqa: RUF012  # as plugins have it


class WrongExcusePlugin(Plugin[None]):
    """Declares an exemption from a rule that there is not."""

    name = "wrong_excuse"
    conformance_exemptions = {"no-noise": "a typo"}  # noqa: RUF012  # the same
