"""A receiver of OTLP over HTTP on loopback, which reads what it is sent by the official protobuf definitions."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ReceivedSpan:
    """A span as it arrived."""

    def __init__(self, span: Any, resource: dict[str, Any], scope: str) -> None:
        self.name: str = span.name
        self.trace_id: str = span.trace_id.hex()
        self.span_id: str = span.span_id.hex()
        self.parent_id: str = span.parent_span_id.hex()
        self.kind: str = type(span).SpanKind.Name(span.kind).removeprefix("SPAN_KIND_")
        self.attributes = attributes_of(span.attributes)
        self.events = {event.name: attributes_of(event.attributes) for event in span.events}
        self.links = [(link.trace_id.hex(), link.span_id.hex()) for link in span.links]
        self.failed = span.status.code == 2
        self.status: str = span.status.message
        self.start, self.end = span.start_time_unix_nano, span.end_time_unix_nano
        self.resource = resource
        self.scope = scope


class ReceivedMetric:
    """A metric as it arrived, with its data points as (attributes, value or sum, count)."""

    def __init__(self, metric: Any, resource: dict[str, Any], scope: str) -> None:
        self.name: str = metric.name
        self.unit: str = metric.unit
        self.kind: str = metric.WhichOneof("data")
        data = getattr(metric, self.kind)
        self.is_delta = data.aggregation_temporality == 1
        self.points = [
            (attributes_of(point.attributes), point.sum, point.count)
            if self.kind == "histogram"
            else (attributes_of(point.attributes), getattr(point, point.WhichOneof("value")), None)
            for point in data.data_points
        ]
        self.resource = resource
        self.scope = scope


class OtlpReceiver:
    """Listens while it is entered. Set `status` to refuse requests, `delay` (an Event) to hold their answers back."""

    def __init__(self) -> None:
        self.spans: list[ReceivedSpan] = []
        self.metrics: list[ReceivedMetric] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.status = 200
        self.delay: threading.Event | None = None
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The value for OTEL_EXPORTER_OTLP_ENDPOINT."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> OtlpReceiver:  # noqa: PYI034  # typing has Self from Python 3.11 on
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.delay is not None:
            self.delay.set()
        self._server.shutdown()
        self._server.server_close()

    def named(self, name: str) -> ReceivedSpan:
        """Return the only span of a name."""
        (span,) = (span for span in self.spans if span.name == name)
        return span

    def children(self, parent: ReceivedSpan) -> list[ReceivedSpan]:
        """Return the spans directly below another."""
        return [one for one in self.spans if (one.trace_id, one.parent_id) == (parent.trace_id, parent.span_id)]

    def take(self, path: str, body: bytes) -> None:
        """Read a request."""
        if path == "/v1/traces":
            from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

            for part in ExportTraceServiceRequest.FromString(body).resource_spans:
                resource = attributes_of(part.resource.attributes)
                for scope in part.scope_spans:
                    self.spans += [ReceivedSpan(span, resource, scope.scope.name) for span in scope.spans]
        else:
            from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

            for part in ExportMetricsServiceRequest.FromString(body).resource_metrics:
                resource = attributes_of(part.resource.attributes)
                for scope in part.scope_metrics:
                    self.metrics += [ReceivedMetric(metric, resource, scope.scope.name) for metric in scope.metrics]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                if receiver.delay is not None:
                    receiver.delay.wait(30)
                status = receiver.status
                with receiver._lock:
                    receiver.requests.append((self.path, dict(self.headers.items())))
                    if status == 200:
                        receiver.take(self.path, body)
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:  # whoever asked has given up
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def attributes_of(pairs: Any) -> dict[str, Any]:
    """Return attributes as plain values."""
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}
