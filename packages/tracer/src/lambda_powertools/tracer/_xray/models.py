"""Segments and subsegments that are the SDK's in all but the effort it takes to make them and to write them down.

Where the SDK's own have other attributes than those known here, in another version, they are used instead.
"""

from __future__ import annotations

import os
import time
from json import encoder

from aws_xray_sdk.core.models.dummy_entities import DummySegment, DummySubsegment
from aws_xray_sdk.core.models.facade_segment import FacadeSegment
from aws_xray_sdk.core.models.subsegment import Subsegment
from aws_xray_sdk.core.models.trace_header import TraceHeader
from aws_xray_sdk.core.utils.atomic_counter import AtomicCounter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ANNOTATIONS = frozenset({str, int, float, bool})
_SCALARS = _ANNOTATIONS | {type(None)}
quote = encoder.encode_basestring_ascii
_NO_ID = "0" * 16
_ROOT = slice(len("Root="), len("Root=1-5759e988-bd862e3fe1be46a994272793"))
_PARENT = slice(_ROOT.stop + len(";Parent="), _ROOT.stop + len(";Parent=53995c3f42cd8ad8"))
_SAMPLED = slice(_PARENT.stop, _PARENT.stop + len(";Sampled=1"))
_BEFORE_PARENT = slice(_ROOT.stop, _PARENT.start)
_REST = slice(_SAMPLED.stop, None)
_PARTS = 3


class QuickSegment(FacadeSegment):  # type: ignore[misc]  # the SDK has no types
    """The Lambda service's segment."""

    def __init__(self, header: str | None, root: str, parent: str, *, sampled: bool) -> None:
        _set_common(self, parent, "facade", sampled=sampled)
        self.parent_id = None
        self.initializing = False
        self.trace_id = root
        self.user = None
        self.ref_counter = AtomicCounter()
        self._subsegments_counter = AtomicCounter()
        self._header = header

    def get_origin_trace_header(self) -> Any:
        """Return the header as the SDK reads it; of use where a request is sent on."""
        if super().get_origin_trace_header() is None:
            self.save_origin_trace_header(TraceHeader.from_header_str(self._header))
        return super().get_origin_trace_header()


class QuickSubsegment(Subsegment):  # type: ignore[misc]  # the same
    """A subsegment that is written down in one go as long as it holds nothing out of the ordinary."""

    def __init__(self, name: str, parent: Any, segment: Any) -> None:
        # Of the operating system: a snapshot or a fork would repeat the numbers of a generator.
        _set_common(self, os.urandom(8).hex(), name, sampled=True)
        _set_place(self, parent, segment, "local")

    def put_annotation(self, key: Any, value: Any) -> None:
        """Add a value that traces can be searched by."""
        if is_plain_annotation(key, value):
            self._check_ended()
            self.annotations[key] = value
        else:
            super().put_annotation(key, value)

    def serialize(self) -> str:
        """Return the document that is sent."""
        if not self._is_ordinary():
            document: str = super().serialize()
            return document
        annotations = f', "annotations": {encode(self.annotations)}' if self.annotations else ""
        metadata = f', "metadata": {encode(self.metadata)}' if self.metadata else ""
        return (
            f'{{"id": {quote(self.id)}, "name": {quote(self.name)}, "start_time": {self.start_time!r}, '
            f'"parent_id": {quote(self.parent_id)}, "in_progress": false{annotations}{metadata}, '
            f'"trace_id": {quote(self.trace_id)}, "type": "subsegment", "namespace": {quote(self.namespace)}, '
            f'"end_time": {self.end_time!r}}}'
        )

    def _is_ordinary(self) -> bool:
        """Return whether there is no more to it than what captured functions have."""
        return (
            len(vars(self)) == _CLOSED  # no flags, and no attributes of others
            and not (self.in_progress or self.http or self.aws or self.cause or self.sql or self.subsegments)
            and type(self.start_time) is float
            and type(self.end_time) is float
            and is_plain(self.metadata)
        )


class QuickDummy(DummySubsegment):  # type: ignore[misc]  # the same
    """A subsegment of a trace that is not sampled: it goes nowhere, and its id neither."""

    def __init__(self, name: str, parent: Any, segment: Any) -> None:
        _set_common(self, os.urandom(8).hex() if _DUMMIES_HAVE_IDS else _NO_ID, name, sampled=False)
        _set_place(self, parent, segment, "dummy")


def _set_common(entity: Any, own_id: str, name: str, *, sampled: bool) -> None:
    entity.id = own_id
    entity.name = name
    entity.start_time = time.time()
    entity.sampled = sampled
    entity.in_progress = True
    entity.http = {}
    entity.annotations = {}
    entity.metadata = {}
    entity.aws = {}
    entity.cause = {}
    entity.subsegments = []


def _set_place(entity: Any, parent: Any, segment: Any, namespace: str) -> None:
    entity.parent_id = parent.id
    entity.parent_segment = segment
    entity.trace_id = segment.trace_id
    entity.type = "subsegment"
    entity.namespace = namespace
    entity.sql = {}


def is_plain_annotation(key: Any, value: Any) -> bool:
    """Return whether an annotation is valid for sure: the SDK judges the rest, whose keys it looks at by letter."""
    return type(key) is str and key.isidentifier() and key.isascii() and type(value) in _ANNOTATIONS


def is_plain(value: Any) -> bool:
    """Return whether a value is JSON as it is, so that all the SDK would make of it is a copy."""
    try:
        return _is_plain(value)
    except RuntimeError:  # endless, or changed by another thread meanwhile: the SDK copes with both
        return False


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is dict:
        value = value.values()
    elif kind is not list and kind is not tuple:
        return kind in _SCALARS
    for item in value:  # noqa: SIM110  # most items are scalars, which need no call
        if type(item) not in _SCALARS and not _is_plain(item):
            return False
    return True


def _make_encode() -> Any:
    make: Any = getattr(encoder, "c_make_encoder", None)
    if make is None:
        return encoder.JSONEncoder(default=str).encode
    # JSONEncoder.encode makes this object anew for each call.
    chunks = make(None, str, quote, None, ": ", ", ", False, False, True)  # noqa: FBT003  # C takes no keywords
    return lambda value: "".join(chunks(value, 0))


def make_segment(header: str | None) -> Any:
    """Return the Lambda service's segment, as a trace header tells of it; a dummy if there is no trace."""
    usual = read_header(header)
    if usual is not None:
        return QuickSegment(header, usual[0], usual[1], sampled=usual[2])
    trace = TraceHeader.from_header_str(header)
    if not trace.root or not trace.parent or trace.sampled is None:
        segment = DummySegment()
    else:
        segment = FacadeSegment(name="facade", traceid=trace.root, entityid=trace.parent, sampled=trace.sampled == 1)
    segment.save_origin_trace_header(trace)
    return segment


def read_header(header: str | None) -> tuple[str, str, bool] | None:
    """Return trace, parent and sampling of a header as Lambda writes it, None of any other: that takes the parser."""
    if header is None or not header.startswith("Root=1-") or header[_BEFORE_PARENT] != ";Parent=" or not IS_KNOWN:
        return None
    sampled, rest = header[_SAMPLED], header[_REST]
    if sampled not in (";Sampled=1", ";Sampled=0") or (rest and not rest.startswith(";Lineage=")):
        return None
    parts = _PARTS + 1 if rest else _PARTS
    if header.count("=") != parts or header.count(";") != parts - 1:
        return None
    return header[_ROOT], header[_PARENT], sampled == ";Sampled=1"


def make_subsegment(name: str, parent: Any, segment: Any) -> Any:
    """Return a subsegment to be put below `parent`: a dummy if that is not sampled."""
    if IS_KNOWN:
        return (QuickSubsegment if parent.sampled else QuickDummy)(name, parent, segment)
    subsegment = Subsegment(name, "local", segment) if parent.sampled else DummySubsegment(segment, name)
    subsegment.parent_id = parent.id
    return subsegment


encode = _make_encode()
_facade = FacadeSegment(name="facade", traceid="0", entityid="0", sampled=True)
_dummy = DummySubsegment(_facade)
_DUMMIES_HAVE_IDS = _dummy.id != _NO_ID  # the SDK has an environment variable for that
_quick = QuickSubsegment("0", _facade, _facade)
IS_KNOWN = (
    vars(_quick).keys() == vars(Subsegment("0", "local", _facade)).keys() == vars(_dummy).keys()
    and vars(QuickSegment("", "0", "0", sampled=True)).keys() == vars(_facade).keys() | {"_header"}
)  # fmt: skip
_CLOSED = len(vars(_quick)) + 1
"""Number of attributes of a subsegment that is closed, which has an `end_time`, and has had no errors."""
