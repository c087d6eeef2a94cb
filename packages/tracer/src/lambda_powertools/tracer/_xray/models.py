"""Segments and subsegments that are the SDK's in all but the effort it takes to make them and to write them down."""

from __future__ import annotations

import os
import time
from json import JSONEncoder
from typing import Any

from aws_xray_sdk.core.models.dummy_entities import DummySubsegment
from aws_xray_sdk.core.models.facade_segment import FacadeSegment
from aws_xray_sdk.core.models.subsegment import Subsegment
from aws_xray_sdk.core.utils.atomic_counter import AtomicCounter

_ANNOTATIONS = frozenset({str, int, float, bool})
_SCALARS = _ANNOTATIONS | {type(None)}
_UNSENT = frozenset({"_origin_trace_header", "parent_segment", "sampled"})
_encode = JSONEncoder(default=str).encode


class QuickSubsegment(Subsegment):  # type: ignore[misc]  # the SDK has no types
    """A subsegment that is written down in one go as long as it holds nothing out of the ordinary."""

    def put_annotation(self, key: Any, value: Any) -> None:
        # Every ASCII identifier is a valid key; the SDK judges the rest, which it looks at letter by letter.
        if type(key) is str and key.isidentifier() and key.isascii() and type(value) in _ANNOTATIONS:
            self._check_ended()
            self.annotations[key] = value
        else:
            super().put_annotation(key, value)

    def to_dict(self) -> dict[str, Any]:
        if self.cause or self.subsegments or not is_plain(self.metadata):
            document: dict[str, Any] = super().to_dict()
            return document
        return {name: value for name, value in vars(self).items() if (value or value is False) and name not in _UNSENT}

    def serialize(self) -> str:
        return _encode(self.to_dict())


def is_plain(value: Any) -> bool:
    """Return whether a value is JSON as it is, so that all the SDK would make of it is a copy."""
    try:
        return _is_plain(value)
    except RuntimeError:  # endless, or changed by another thread meanwhile: the SDK copes with both
        return False


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind in _SCALARS:
        return True
    if kind is dict:
        return all(map(_is_plain, value.values()))
    return (kind is list or kind is tuple) and all(map(_is_plain, value))


class Pattern:
    """Makes entities like one that the SDK has made: its own constructors run once, not for every entity."""

    __slots__ = ("_fresh", "_kind", "_values")

    def __init__(self, entity: Any) -> None:
        self._kind = type(entity)
        self._values = dict(vars(entity))
        self._fresh = tuple(
            (name, type(value)) for name, value in self._values.items() if type(value) in (dict, list, AtomicCounter)
        )

    def make(self, own: dict[str, Any]) -> Any:
        """Return an entity with these attributes of its own."""
        entity = object.__new__(self._kind)
        attributes = vars(entity)
        attributes.update(self._values)
        for name, kind in self._fresh:
            attributes[name] = kind()
        attributes.update(own)
        return entity


_facade = FacadeSegment(name="facade", traceid="0", entityid="0", sampled=True)
_segments = Pattern(_facade)
_subsegments = Pattern(QuickSubsegment("0", "local", _facade))
_dummy = DummySubsegment(_facade)
_dummies = Pattern(_dummy)
_dummies_are_told_apart = _dummy.id.strip("0") != ""


def make_segment(trace: Any) -> Any:
    """Return the Lambda service's segment, as a trace header tells of it."""
    return _segments.make({
        "id": trace.parent,
        "start_time": time.time(),
        "trace_id": trace.root,
        "sampled": trace.sampled == 1,
        "_origin_trace_header": trace,
    })


def make_subsegment(name: str, parent: Any, segment: Any) -> Any:
    """Return a subsegment to be put below `parent`: a dummy if that is not sampled."""
    own = {
        "name": name,
        "start_time": time.time(),
        "parent_id": parent.id,
        "parent_segment": segment,
        "trace_id": segment.trace_id,
    }
    if parent.sampled or _dummies_are_told_apart:
        own["id"] = os.urandom(8).hex()  # the operating system's: a snapshot or a fork repeats a generator's
    return (_subsegments if parent.sampled else _dummies).make(own)
