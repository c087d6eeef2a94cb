"""One request from the event to the answer."""

from __future__ import annotations

from contextlib import suppress

from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.event_handler._headers import find_header
from lambda_powertools.event_handler._pipeline import run
from lambda_powertools.event_handler._registration import DEFAULTS
from lambda_powertools.event_handler._route import Route
from lambda_powertools.event_handler._rules import NO_RULE, strip_prefix
from lambda_powertools.event_handler._state import STATE_KEY, RequestState, drive, request_numbers
from lambda_powertools.event_handler.cors import CORSConfig
from lambda_powertools.event_handler.exceptions import MethodNotAllowedError, NotFoundError
from lambda_powertools.event_handler.response import Response

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver


def begin(app: ApiGatewayResolver, event: Any, lambda_context: Any) -> RequestState:
    """Return the state of a request, its route found; from here on `end` has to be called."""
    if event.__class__ is not dict and hasattr(event, "raw_event"):
        _warn_of_wrapped_event()
        event = event.raw_event
    state = RequestState()
    state.number = next(request_numbers)
    state.lambda_context = lambda_context
    app.shared.begin(state)
    state.token = app.state_variable.set(state)
    try:
        limit = app.max_decompressed_size
        if limit is None:
            state.raw = event
        else:
            _decompress(state, event, limit)
        data = state.event = app.source.data_class(state.raw, app.json_body_deserializer)
        app.prepare_event(data)
        app.last_state = state
        if app.debug:
            from lambda_powertools.event_handler import _explain

            _explain.print_event(app, state.raw)
        _match(app, state)
        if app.debug:
            _explain.print_route(app, state)
    except BaseException:
        end(app, state)
        raise
    return state


def end(app: ApiGatewayResolver, state: RequestState) -> None:
    """Leave nothing of the request behind, but the event for those who ask for the last one."""
    if state.frames is not None:
        from lambda_powertools.event_handler import _explain

        _explain.print_frames(state)
    with suppress(ValueError):  # a coroutine that was dropped is closed in whatever context is at hand
        app.state_variable.reset(state.token)
    app.shared.end(state)
    note = state.note
    if note is not None and state.outer_note is not None:
        invocation = current_invocation()
        if invocation is not None and invocation.state.get(STATE_KEY) is note:
            invocation.state[STATE_KEY] = state.outer_note


def complete(app: ApiGatewayResolver, state: RequestState) -> dict[str, Any]:
    """Return the answer to a request, synchronously.

    Raises:
        Exception: what the route failed with, when nothing answers it.
    """
    try:
        result = app.build(state, run(app, state, app.prepared(state.route)))
    except Exception as error:  # noqa: BLE001  # whatever it is, a function may be registered for it
        result = app.build(state, drive(_answer(app, state, error)))
    if state.note is not None:
        state.note["status_code"] = app.status_of(result)
    return result


async def complete_async(app: ApiGatewayResolver, state: RequestState) -> dict[str, Any]:
    """Return the answer to a request, on an event loop.

    Raises:
        Exception: what the route failed with, when nothing answers it.
    """
    from lambda_powertools.event_handler._async_pipeline import run_async

    state.asynchronous = True
    try:
        result = app.build(state, await run_async(app, state, app.prepared(state.route)))
    except Exception as error:  # noqa: BLE001  # whatever it is, a function may be registered for it
        result = app.build(state, await _answer(app, state, error))
    if state.note is not None:
        state.note["status_code"] = app.status_of(result)
    return result


def _answer(app: ApiGatewayResolver, state: RequestState, error: Exception) -> Coroutine[Any, Any, Response[Any]]:
    from lambda_powertools.event_handler._errors import answer

    return answer(app, state, error)


def _match(app: ApiGatewayResolver, state: RequestState) -> None:
    method, path = app.source.read(state.event, state.raw)
    method = state.method = method.upper()
    if app.strip_prefixes:
        path = strip_prefix(path, app.strip_prefixes)
    state.path = path
    found = app.matcher.find(method, path)
    if found is None and method == "HEAD" and app.gets_answer_head:
        found = app.matcher.find("GET", path)
        state.answers_head = found is not None
    if found is None:
        state.route, state.path_parameters = _unmatched(app, state), {}
    elif state.refusal is None:
        state.route = found[0]
        state.path_parameters = app.path_values(state.route, found[1], state.raw)
    else:
        refusal = state.refusal
        state.route, state.path_parameters = _stand_in(method, path, lambda: _refuse(app, state, refusal)), {}
    context = state.context
    context["_route"] = state.route
    context["_path"] = path
    context["_route_args"] = state.path_parameters
    invocation = current_invocation()
    if invocation is not None:
        previous = invocation.state.get(STATE_KEY)
        if previous is not None and "status_code" not in previous:
            state.outer_note = previous  # an app around this one, whose request is not done
        state.note = invocation.state[STATE_KEY] = {
            "route": None if found is None else state.route.openapi_path,
            "method": method,
            **app.told(state.raw),
        }


def _unmatched(app: ApiGatewayResolver, state: RequestState) -> Route:
    """Return the route that stands for none: it answers in the way that HTTP has for the request."""
    allowed = _allowed(app, state.path)
    if state.method == "OPTIONS" and app.cors is not None:
        return _stand_in("OPTIONS", state.path, lambda: _preflight(app))
    if state.method == "OPTIONS" and allowed:
        return _stand_in("OPTIONS", state.path, lambda: Response(204, headers={"Allow": ", ".join(allowed)}))
    error = MethodNotAllowedError(allowed=allowed) if allowed else NotFoundError()
    return _stand_in(state.method, state.path, lambda: _refuse(app, state, error))


def _allowed(app: ApiGatewayResolver, path: str) -> tuple[str, ...]:
    methods = set(app.matcher.allowed(path))
    if methods:
        methods.add("OPTIONS")
    if "GET" in methods:
        methods.add("HEAD")
    return tuple(sorted(methods))


def _stand_in(method: str, path: str, function: Any) -> Route:
    return Route(method, path, NO_RULE, function, DEFAULTS)


def _preflight(app: ApiGatewayResolver) -> Response[Any]:
    methods = {route.method for route in app.matcher.routes if app.cors_of(route) is not None}
    allowed = CORSConfig.build_allow_methods({*methods, "OPTIONS"})
    return Response(204, body="", headers={"Access-Control-Allow-Methods": allowed})


def _refuse(app: ApiGatewayResolver, state: RequestState, error: Exception) -> Any:
    answering = _answer_refused(app, state, error)
    return answering if state.asynchronous else drive(answering)


async def _answer_refused(app: ApiGatewayResolver, state: RequestState, error: Exception) -> Response[Any]:
    response = await _answer(app, state, error)
    if isinstance(error, MethodNotAllowedError) and find_header(response.headers, "allow") is None:
        import copy

        response = copy.copy(response)  # it may be one that its function keeps
        response.headers = {**response.headers, "Allow": ", ".join(error.allowed)}
    return response


def _decompress(state: RequestState, event: dict[str, Any], limit: int) -> None:
    from lambda_powertools.event_handler._compression import decompress_request
    from lambda_powertools.event_handler.exceptions import ServiceError

    try:
        state.raw = decompress_request(event, limit)
    except ServiceError as error:
        state.raw, state.refusal = event, error


def _warn_of_wrapped_event() -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        "You don't need to serialize event to a data class before calling resolve: the app does it by itself",
        PowertoolsUserWarning,
        stacklevel=4,
    )
