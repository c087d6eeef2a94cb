"""The ASGI application: from an HTTP request to the function and back, within the limits of the front end.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._serve.environment import now_ms
from lambda_powertools.cli._serve.request_log import log_function_error, log_request, say
from lambda_powertools.testing import make_trace_header
from lambda_powertools.testing.exceptions import MalformedResponseError
from lambda_powertools.testing.front_ends.front_end import EVENT_LIMIT
from lambda_powertools.testing.front_ends.reply import Reply
from lambda_powertools.testing.front_ends.request import Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from lambda_powertools.cli._serve.environment import Environment, Outcome, Task
    from lambda_powertools.testing.front_ends.front_end import FrontEnd

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]


class _Exchange:
    """A request, its response, and what the log says of them."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.start = "-"
        self.route: str | None = None
        self.close = False

    def say(self, message: str) -> None:
        """Tell the developer something about this request."""
        say(f"{self.request.method} {self.request.raw_path}: {message} id={self.request.id}")


class Application:
    """An ASGI application in front of one function."""

    def __init__(self, front_end: FrontEnd, environment: Environment, timeout: float, *, sampled: bool) -> None:
        """Begin.

        Args:
            front_end: what the application stands for.
            environment: what runs the function.
            timeout: timeout of the function, in seconds.
            sampled: whether traces are sampled, unless a request says otherwise.
        """
        self._sampled = sampled
        self._front_end = front_end
        self._environment = environment
        self._timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return  # the server is told to speak nothing else
        exchange = _Exchange(_request(scope, self._front_end.new_id(), sampled=self._sampled))
        body = await self._read(scope, receive)
        start = time.perf_counter()
        if body is None:
            limit = self._front_end.body_limit
            exchange.say(f"the body is larger than the {limit} bytes that the {self._front_end.title} takes")
            exchange.close = True
            reply = self._front_end.request_too_large()
        else:
            exchange.request = replace(exchange.request, body=body)
            reply = await self._answer(exchange)
        await _send(reply, self._front_end.reply_headers(exchange.request), exchange, send)
        log_request(
            method=exchange.request.method,
            path=exchange.request.raw_path,
            status=reply.status,
            duration_ms=now_ms(start),
            start=exchange.start,
            route=exchange.route,
            request_id=exchange.request.id,
        )

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the body; None, and no more is read, as soon as it is known to be too large."""
        limit = self._front_end.body_limit
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if declared.isdigit() and int(declared) > limit:
            return None
        body = bytearray()
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > limit:
                return None
            more = message.get("more_body", False)
        return bytes(body)

    async def _answer(self, exchange: _Exchange) -> Reply:
        """Invoke the function and return the response."""
        front_end, request = self._front_end, exchange.request
        if not front_end.is_in_stage(request):
            exchange.say(f"there is nothing outside the stage: paths begin with /{front_end.stage}")
            return front_end.not_in_stage()
        event = front_end.event(request)
        size = len(json.dumps(event, ensure_ascii=False).encode(errors="surrogatepass"))
        if size > EVENT_LIMIT:
            exchange.say(f"the event has {size} bytes as JSON, and Lambda takes {EVENT_LIMIT}")
            return front_end.request_too_large()
        task = self._environment.submit(event, request.trace_header)
        outcome = await self._wait_for(task, exchange)
        if isinstance(outcome, Reply):
            return outcome
        exchange.start = "cold" if outcome.cold_start else "warm"
        exchange.route = outcome.route
        if outcome.payload is None:
            log_function_error(outcome.error or {}, request.id)
            return front_end.function_failed()
        return self._translate(outcome.payload, exchange)

    async def _wait_for(self, task: Task, exchange: _Exchange) -> Outcome | Reply:
        """Return what came of a task, or the response if that takes too long."""
        try:
            return await self._watch(task, exchange)
        except asyncio.CancelledError:  # the server ends, and has waited long enough
            exchange.say("the server ends before the handler has returned")
            return self._front_end.function_failed()

    async def _watch(self, task: Task, exchange: _Exchange) -> Outcome | Reply:
        await asyncio.wrap_future(task.started)
        front_end, timeout = self._front_end, self._timeout
        own = front_end.integration_timeout
        patience = timeout if own is None else min(timeout, own)
        finished = asyncio.wrap_future(task.finished)
        await asyncio.wait([finished], timeout=patience)
        if finished.done():
            return finished.result()
        if patience < timeout:
            exchange.say(f"the {front_end.title} waits {patience:.2f} seconds; the function goes on without it")
            return front_end.integration_timed_out()
        self._environment.replace_thread_of(task)
        exchange.say(
            f"Task timed out after {timeout:.2f} seconds. Lambda would end the environment now; "
            "a thread cannot be ended: the handler runs on, beside the requests that follow"
        )
        return front_end.function_failed()

    def _translate(self, payload: str, exchange: _Exchange) -> Reply:
        size = len(payload)
        if size > self._front_end.response_limit:
            exchange.say(
                f"the response has {size} bytes as JSON, and the {self._front_end.title} takes "
                f"{self._front_end.response_limit}"
            )
            return self._front_end.function_failed()
        try:
            reply = self._front_end.reply(json.loads(payload), exchange.request)
        except MalformedResponseError as problem:
            exchange.say(f"the {self._front_end.title} does not understand what the handler returned: {problem}")
            return self._front_end.function_failed()
        if reply.note:
            exchange.say(reply.note)
        return reply


def _request(scope: Scope, request_id: str, *, sampled: bool) -> Request:
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    client, server = scope.get("client") or ("127.0.0.1", 0), scope.get("server") or ("127.0.0.1", 80)
    sent = next((value for name, value in headers if name == "x-amzn-trace-id"), None)
    return Request(
        method=scope["method"],
        raw_path=(scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
        raw_query=scope["query_string"].decode("latin-1"),
        headers=headers,
        source_ip=client[0],
        port=server[1] or 80,
        http_version=scope["http_version"],
        trace_header=sent or make_trace_header(sampled=sampled),
        id=request_id,
    )


async def _send(reply: Reply, added: tuple[tuple[str, str], ...], exchange: _Exchange, send: Send) -> None:
    body = reply.body if reply.has_body else b""
    headers = [(name.lower().encode(), value.encode()) for name, value in (*reply.headers, *added)]
    if reply.has_body:
        headers.append((b"content-length", str(len(body)).encode()))
    if exchange.close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
