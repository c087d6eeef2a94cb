"""Providers that keep to every rule, and some that are broken, each in its own way."""

from __future__ import annotations

import contextvars
import itertools
import os
from contextlib import asynccontextmanager, contextmanager
from types import SimpleNamespace

from lambda_powertools.testing.providers.tracing import RecordedSpan
from lambda_powertools.tracer.base import BaseProvider, NoOpProvider


def no_op():
    """Return the provider that keeps nothing."""
    return SimpleNamespace(provider=NoOpProvider(), spans=lambda: None)


def open_telemetry():
    """Return OpenTelemetry with an exporter in memory."""
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    from lambda_powertools.opentelemetry import OpenTelemetryProvider

    exporter = InMemorySpanExporter()
    provider = OpenTelemetryProvider(span_exporter=exporter)

    def spans():
        provider.flush(10)
        return [
            RecordedSpan(
                f"{span.context.span_id:x}",
                f"{span.parent.span_id:x}" if span.parent else None,
                span.name,
                not span.status.is_ok,
                dict(span.attributes),
            )
            for span in exporter.get_finished_spans()
        ]

    return SimpleNamespace(provider=provider, spans=spans)


_daemons = []


def x_ray():
    """Return X-Ray with a daemon on loopback; for a process that has been made to look like Lambda."""
    from lambda_powertools.testing import XRayDaemon, make_trace_header

    os.environ["_X_AMZN_TRACE_ID"] = make_trace_header()
    if not _daemons:
        _daemons.append(XRayDaemon().__enter__())
        os.environ["AWS_XRAY_DAEMON_ADDRESS"] = _daemons[0].address
    daemon = _daemons[0]
    from aws_xray_sdk.core import xray_recorder

    daemon.clear()

    def spans():
        return [
            RecordedSpan(
                segment["id"],
                segment.get("parent_id"),
                segment["name"],
                bool(segment.get("fault")),
                segment.get("annotations", {}),
            )
            for segment in daemon.drain()
        ]

    return SimpleNamespace(provider=xray_recorder, spans=spans)


class Segment:
    def __init__(self, key, parent, name):
        self.id, self.parent, self.name = key, parent, name
        self.failed, self.annotations = False, {}

    def put_annotation(self, key, value):
        self.annotations[key] = value

    def put_metadata(self, key, value, namespace="default"):
        pass


class GoodProvider(BaseProvider):
    """Keeps spans in a list, and the current one in a context variable."""

    def __init__(self):
        self.ended = []
        self.numbers = itertools.count()
        self.current = contextvars.ContextVar("current", default=None)

    def begin(self, name):
        parent = self.current.get()
        segment = Segment(str(next(self.numbers)), parent and parent.id, name)
        self.current.set(segment)
        return segment, parent

    def end(self, segment, parent, error):
        segment.failed = error is not None
        self.ended.append(segment)
        self.current.set(parent)

    @contextmanager
    def in_subsegment(self, name=None, **kwargs):
        segment, parent = self.begin(name)
        try:
            yield segment
        except BaseException as error:
            self.end(segment, parent, error)
            raise
        self.end(segment, parent, None)

    @asynccontextmanager
    async def in_subsegment_async(self, name=None, **kwargs):
        with self.in_subsegment(name) as segment:
            yield segment

    def put_annotation(self, key, value):
        segment = self.current.get()
        if segment is not None:
            segment.put_annotation(key, value)

    def put_metadata(self, key, value, namespace="default"):
        pass

    def patch(self, modules):
        pass

    def patch_all(self):
        pass

    def get_scope(self):
        return self.current.get()

    def set_scope(self, scope):
        self.current.set(scope)

    def spans(self):
        return [RecordedSpan(one.id, one.parent, one.name, one.failed, one.annotations) for one in self.ended]

    @property
    def provider(self):
        return self


class FlatProvider(GoodProvider):
    """Knows no parents."""

    def begin(self, name):
        segment, _ = super().begin(name)
        segment.parent = None
        return segment, None


class StickyProvider(GoodProvider):
    """Puts every note on the first span."""

    def put_annotation(self, key, value):
        first = getattr(self, "first", None) or self.current.get()
        self.first = first
        first.put_annotation(key, value)


class IndifferentProvider(GoodProvider):
    """Marks nothing as failed."""

    def end(self, segment, parent, error):
        super().end(segment, parent, None)


class BlamingProvider(GoodProvider):
    """Marks as failed what comes after a failure."""

    has_failed = False

    def end(self, segment, parent, error):
        self.has_failed = self.has_failed or error is not None
        super().end(segment, parent, ValueError() if self.has_failed else None)


class SyncProvider(GoodProvider):
    """Does not know coroutines."""

    in_subsegment_async = None


class GlobalProvider(GoodProvider):
    """Keeps one current span for all."""

    def __init__(self):
        super().__init__()
        self.current = SimpleNamespace(get=lambda: self.value, set=lambda value: setattr(self, "value", value))
        self.value = None


class ScopelessProvider(GoodProvider):
    """Does not leave the span of a generator while its consumer works."""

    get_scope = set_scope = None


class GeneratorBlamingProvider(GoodProvider):
    """Takes what left early for failed, and so every context manager too."""

    def end(self, segment, parent, error):
        super().end(segment, parent, ValueError() if "session" in segment.name else error)


class ThreadlessProvider(GoodProvider):
    """Has scopes that cannot be handed to another thread."""

    def set_scope(self, scope):
        import threading

        if threading.current_thread() is threading.main_thread():
            super().set_scope(scope)


class LeakyProvider(GoodProvider):
    """Lets threads begin below whatever somebody has open."""

    last = None

    def begin(self, name):
        if self.current.get() is None and self.last is not None:
            self.current.set(self.last)
        segment, parent = super().begin(name)
        if "handler" in name:
            LeakyProvider.last = segment
        return segment, parent
