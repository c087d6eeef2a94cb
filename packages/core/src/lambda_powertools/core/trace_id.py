"""The X-Ray trace header of the invocation at hand.

Format: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
"""

from __future__ import annotations

import os

from lambda_powertools.core.invocation import current_invocation

ENVIRONMENT_VARIABLE = "_X_AMZN_TRACE_ID"


def trace_header() -> str | None:
    """Return the tracing header (`Root=1-…;Parent=…;Sampled=1`) of the current invocation, None if it has none."""
    invocation = current_invocation()
    return invocation.trace_header if invocation is not None else os.environ.get(ENVIRONMENT_VARIABLE) or None


def trace_id() -> str | None:
    """Return the trace id, the header's `Root` value, None when the invocation is not traced.

    Example:
        >>> import os
        >>> os.environ["_X_AMZN_TRACE_ID"] = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"
        >>> trace_id()
        '1-5759e988-bd862e3fe1be46a994272793'
    """
    return root_of(trace_header())


def root_of(header: str | None) -> str | None:
    """Return the `Root` value of a tracing header; a header that is a bare id is returned as it is."""
    if not header:
        return None
    if header.startswith("Root="):  # as Lambda writes it
        return header[5:].partition(";")[0].strip() or None
    for part in header.split(";"):
        name, found, value = part.partition("=")
        if found and name.strip() == "Root":
            return value.strip() or None
    return None if "=" in header else header


def is_sampled(header: str | None) -> bool:
    """Return whether a tracing header asks for the trace to be recorded."""
    return header is not None and any(part.strip() == "Sampled=1" for part in header.split(";"))
