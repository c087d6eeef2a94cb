"""The plugin: options, and the one hook that it needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl
from rate_limit.buckets import Buckets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lambda_powertools.core import Invocation


@dataclass
class RateLimitOptions:
    """What `@powertools(rate_limit={...})` takes.

    Attributes:
        rate: invocations a second that each caller has; without it the plugin does nothing.
        burst: invocations that a caller may make at once, `rate` of them (at least one) without it.
        key: what tells callers apart: a dotted path into the event, or a function of it.
        response: what callers are answered that are too fast.
        max_callers: callers that are remembered.
    """

    rate: float | None = None
    burst: float | None = None
    key: str | Callable[[Any], str | None] | None = None
    response: Mapping[str, Any] | None = None
    max_callers: int = 10_000

    def __post_init__(self) -> None:
        for name in ("rate", "burst", "max_callers"):
            value = getattr(self, name)
            if value is not None and not (isinstance(value, (int, float)) and value > 0):
                raise ValueError(f"{name} is {value!r}: a number above 0 is expected")
        if not (self.key is None or isinstance(self.key, str) or callable(self.key)):
            raise ValueError(f"key is {self.key!r}: a path into the event or a function of it is expected")


class RateLimitPlugin(Plugin[RateLimitOptions]):
    """Answers, in the handler's stead, callers that invoke it too often."""

    name = "rate_limit"
    order = 410  # a guard: what is answered here is still logged, measured and traced
    on_failure = "warn"  # a broken limit must not turn callers away
    Options = RateLimitOptions

    @hookimpl
    def on_init(self) -> None:
        rate = self.options.rate
        if rate is None:
            self.stand_aside()
            return
        burst = self.options.burst or max(1.0, rate)
        self.buckets = Buckets(rate, burst, self.options.max_callers)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        caller = self.caller_of(invocation.event)
        if caller is None:
            return
        wait = self.buckets.wait_of(caller)
        if wait:
            invocation.state[self.name] = {"limited": True, "wait": wait}
            invocation.respond(self.answer(wait))

    def caller_of(self, event: Any) -> str | None:
        key = self.options.key
        if key is None:
            return "everybody"
        if not isinstance(key, str):
            return key(event)
        for part in key.split("."):
            if not isinstance(event, dict) or part not in event:
                return None
            event = event[part]
        return str(event)

    def answer(self, wait: float) -> dict[str, Any]:
        if self.options.response is not None:
            return dict(self.options.response)
        headers = {"content-type": "application/json", "retry-after": str(math.ceil(wait))}
        return {"statusCode": 429, "headers": headers, "body": '{"message":"Too Many Requests"}'}
