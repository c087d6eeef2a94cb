"""X-Ray's tracing header, from and to a span context.

Format: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
"""

from __future__ import annotations

from typing import NamedTuple

HEADER = "X-Amzn-Trace-Id"
_ROOT_LENGTH, _EPOCH_END, _UNIQUE_START, _PARENT_LENGTH = 35, 10, 11, 16


class XRayContext(NamedTuple):
    """What a tracing header says.

    Attributes:
        trace_id: the trace.
        span_id: the segment that has called.
        sampled: whether the trace is recorded.
    """

    trace_id: int
    span_id: int
    sampled: bool


def parse_header(header: object) -> XRayContext | None:
    """Return what a tracing header says, None unless it names a trace and a parent in it.

    Example:
        >>> parse_header("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1").sampled
        True
        >>> parse_header("Root=1-5759e988-bd862e3fe1be46a994272793") is None
        True
    """
    if not isinstance(header, str) or "Root=" not in header:
        return None
    parts = dict(part.strip().partition("=")[::2] for part in header.split(";"))
    root, parent = parts.get("Root", ""), parts.get("Parent", "")
    if len(root) != _ROOT_LENGTH or not root.startswith("1-") or root[_EPOCH_END] != "-":
        return None
    trace_id, span_id = _hexadecimal(root[2:_EPOCH_END] + root[_UNIQUE_START:]), _hexadecimal(parent)
    if not trace_id or not span_id or len(parent) != _PARENT_LENGTH:
        return None
    return XRayContext(trace_id, span_id, parts.get("Sampled") == "1")


def format_header(trace_id: int, span_id: int, *, sampled: bool) -> str:
    """Return a tracing header.

    Example:
        >>> format_header(0x5759e988bd862e3fe1be46a994272793, 0x53995c3f42cd8ad8, sampled=True)
        'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'
    """
    root = f"{trace_id:032x}"
    return f"Root=1-{root[:8]}-{root[8:]};Parent={span_id:016x};Sampled={int(sampled)}"


def _hexadecimal(digits: str) -> int:
    # int() alone would take signs, blanks and underscores too.
    return int(digits, 16) if digits.isalnum() and digits.isascii() and _is_hexadecimal(digits) else 0


def _is_hexadecimal(digits: str) -> bool:
    return all(digit in "0123456789abcdefABCDEF" for digit in digits)
