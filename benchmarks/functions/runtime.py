"""What the runtime client does around each invocation."""

import os

from functions.request import CONTEXT, EVENT

_HEADERS = [f"Root=1-68b1f2c0-{number:024x};Parent={number:016x};Sampled=1" for number in range(1, 101)]


def invocations(handler):
    """Return a callable that invokes the handler with a new tracing header each time."""
    environ = os.environ
    position = 0

    def invoke():
        nonlocal position
        position = (position + 1) % len(_HEADERS)
        environ["_X_AMZN_TRACE_ID"] = _HEADERS[position]
        return handler(EVENT, CONTEXT)

    return invoke
