"""One document of the embedded metric format: checked when composed, then given as a dict or as a line.

Reference: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._errors import SchemaValidationError
from lambda_powertools.metrics._validation import as_text, has_line_break, refuse_dimensions
from lambda_powertools.metrics.provider.base import NO_METRICS
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import (
    HIGH_RESOLUTION,
    MAX_DIMENSIONS,
    MAX_EVENT_SIZE,
    MAX_NAMESPACE_LENGTH,
)

try:
    # The function json itself quotes with; json is imported only where there is metadata to write.
    from _json import encode_basestring_ascii as quote
except ImportError:  # pragma: no cover  # an interpreter without the accelerator
    from json.encoder import encode_basestring_ascii as quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from lambda_powertools.metrics.provider.cloudwatch_emf.types import CloudWatchEMFOutput


NO_NAMESPACE = "Must contain a metric namespace. Give Metrics(namespace=...) or set POWERTOOLS_METRICS_NAMESPACE"


class Document:
    """What one object on stdout holds: within the limits, names agree, and each means one thing.

    Args:
        namespace: namespace of the metrics.
        service: value of the dimension `service`, unless there is one among the dimensions.
        timestamp: milliseconds since the epoch.
        metrics: the metrics, as `MetricStore.metric_set`.
        dimensions: the primary set of dimensions.
        dimension_sets: the additional sets.
        metadata: further members.

    Raises:
        SchemaValidationError: there is no metric, no namespace, or too many dimensions.
    """

    __slots__ = ("dimensions", "metadata", "metrics", "names", "namespace", "timestamp")

    def __init__(
        self,
        namespace: str | None,
        service: str | None,
        timestamp: int,
        metrics: Mapping[str, Mapping[str, Any]],
        dimensions: Mapping[str, Any],
        dimension_sets: Sequence[Mapping[str, Any]],
        metadata: Mapping[str, Any],
    ) -> None:
        if not metrics:
            raise SchemaValidationError(NO_METRICS)
        if not namespace:
            raise SchemaValidationError(NO_NAMESPACE)
        if len(namespace) > MAX_NAMESPACE_LENGTH or (not namespace.isprintable() and has_line_break(namespace)):
            raise SchemaValidationError(
                f"The metric namespace should be one line of up to {MAX_NAMESPACE_LENGTH} characters: "
                f"{namespace!r:.100}"
            )
        named = {name: as_text(value) for name, value in dimensions.items()} if dimensions else {}
        if service and not named.get("service"):
            named["service"] = service
        names = [list(named)]
        for further in dimension_sets:
            names.append(list(further))
            named.update((name, as_text(value)) for name, value in further.items())
        if len(named) > MAX_DIMENSIONS:
            refuse_dimensions(f"there are {len(named)} names, {'service' if service else 'additional sets'} included")
        if (
            "_aws" in metrics
            or "_aws" in named
            or not metrics.keys().isdisjoint(named)
            or (metadata and not metadata.keys().isdisjoint(("_aws", *named, *metrics)))
        ):
            metrics, metadata = _without_collisions(metrics, named, names, metadata)
        self.namespace: str = namespace
        self.timestamp = timestamp
        self.names = names
        self.dimensions = named
        self.metadata = metadata
        self.metrics = metrics

    def as_dict(self) -> CloudWatchEMFOutput:
        """Return the document as the dict that `json.dumps` makes the line of, metadata as it was given."""
        definitions = []
        values = {}
        for name, metric in self.metrics.items():
            definition = {"Name": name, "Unit": metric["Unit"]}
            if metric.get("StorageResolution") == HIGH_RESOLUTION:
                definition["StorageResolution"] = HIGH_RESOLUTION
            definitions.append(definition)
            values[name] = as_floats(metric["Value"])
        directive = {"Namespace": self.namespace, "Dimensions": self.names, "Metrics": definitions}
        root = {"_aws": {"Timestamp": self.timestamp, "CloudWatchMetrics": [directive]}}
        document: Any = {**root, **self.dimensions, **self.metadata, **values}
        return document  # type: ignore[no-any-return]  # its keys are names that the user has chosen

    def as_line(self) -> str:
        """Return the document as one line of JSON; without metadata, and with a warning, where that is too large."""
        line = self._line()
        if len(line) > MAX_EVENT_SIZE and self.metadata:
            warn(
                f"Metadata makes the log event larger ({len(line)} bytes) than CloudWatch takes ({MAX_EVENT_SIZE} "
                "bytes), so its metrics would be lost: they are written without the metadata",
                PowertoolsUserWarning,
            )
            self.metadata = {}
            line = self._line()
        return line

    def _line(self) -> str:
        # Composed by hand: about twice as fast as building the dict and encoding it.
        sets = "],[".join([",".join(map(quote, names)) for names in self.names])
        directive = _directive_json(self.namespace, sets)
        members = _dimensions_json(self.dimensions)
        if self.metadata:
            pairs = [f",{quote(as_text(key))}:{_metadata_json(value)}" for key, value in self.metadata.items()]
            members += "".join(pairs)
        return _joined(self.timestamp, directive, members, self.metrics)


_MAX_SHAPES = 32
"""More than one function needs, unless each of its requests has dimensions of its own."""

_shapes: dict[Any, tuple[str, str, frozenset[str]]] = {}


def plain_line(
    namespace: str | None,
    service: str | None,
    timestamp: int,
    metrics: Mapping[str, Mapping[str, Any]],
    dimensions: Mapping[str, Any],
) -> str:
    """Return the line of a document with one set of dimensions and no metadata.

    Namespace, service and dimensions hardly ever change from one flush to the next: they are checked and quoted once.

    Raises:
        SchemaValidationError: there is no metric, no namespace, or too many dimensions.
    """
    try:
        shape = _shapes.get((namespace, service, *dimensions.items()))
    except TypeError:  # dimensions that were given as a whole may hold anything
        shape = None
    if shape is None or not metrics.keys().isdisjoint(shape[2]):
        document = Document(namespace, service, timestamp, metrics, dimensions, (), {})
        if document.metrics is metrics:  # there was no collision
            _keep_shape(document, service, dimensions)
        return document.as_line()
    return _joined(timestamp, shape[0], shape[1], metrics)


def _keep_shape(document: Document, service: str | None, dimensions: Mapping[str, Any]) -> None:
    # Only of texts it is certain that equal ones are written alike: 1 and True are equal.
    if not all(value.__class__ is str for value in dimensions.values()):
        return
    if len(_shapes) >= _MAX_SHAPES:
        _shapes.clear()
    named = document.dimensions
    key = (document.namespace, service, *dimensions.items())
    directive = _directive_json(document.namespace, ",".join(map(quote, named)))
    _shapes[key] = directive, _dimensions_json(named), frozenset(("_aws", *named))


def _directive_json(namespace: str, sets: str) -> str:
    return f'"CloudWatchMetrics":[{{"Namespace":{quote(namespace)},"Dimensions":[[{sets}]],"Metrics":['


def _dimensions_json(dimensions: Mapping[str, str]) -> str:
    return "".join([f",{quote(name)}:{quote(value)}" for name, value in dimensions.items()])


def _joined(timestamp: int, directive: str, members: str, metrics: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the line, from what comes before the definitions of metrics, what before their values, and themselves."""
    definitions = []
    for name, metric in metrics.items():
        quoted = quote(name)
        precision = ',"StorageResolution":1' if metric["StorageResolution"] == HIGH_RESOLUTION else ""
        definitions.append(f'{{"Name":{quoted},"Unit":{quote(metric["Unit"])}{precision}}}')
        values = metric["Value"]
        members += f",{quoted}:[{repr(values[0]) if len(values) == 1 else ','.join(map(repr, values))}]"
    return f'{{"_aws":{{"Timestamp":{timestamp},{directive}{",".join(definitions)}]}}]}}{members}}}'


def _without_collisions(
    metrics: Mapping[str, Any], dimensions: dict[str, str], names: list[list[str]], metadata: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Let one thing have each name: the format's own member, a metric, a dimension, metadata, in this order."""
    kept_metrics = {name: metric for name, metric in metrics.items() if name != "_aws"}
    left_out = [f"metric {name!r}" for name in metrics if name not in kept_metrics]
    taken = {"_aws", *metrics}
    for name in [name for name in dimensions if name in taken]:
        del dimensions[name]
        left_out.append(f"dimension {name!r}")
    # CloudWatch drops the whole object when a dimension is named whose value is not a text at the top.
    names[:] = [[name for name in some if name in dimensions] for some in names]
    kept_metadata = {key: value for key, value in metadata.items() if key not in taken and key not in dimensions}
    left_out += [f"metadata {key!r}" for key in metadata if key not in kept_metadata]
    warn(
        f"Names of metrics, dimensions and metadata collide, left out is: {', '.join(left_out)}. Give each its own "
        "name; '_aws' belongs to the format",
        PowertoolsUserWarning,
    )
    return kept_metrics, kept_metadata


def as_floats(values: Any) -> list[float]:
    """Return the values of a metric, also when given as a single one."""
    return [float(value) for value in values] if isinstance(values, (list, tuple)) else [float(values)]


def _metadata_json(value: Any) -> str:
    if value.__class__ is str:
        return quote(value)
    import json

    from lambda_powertools.core.json import default

    def fallback(item: Any) -> Any:
        try:
            return default(item)
        except TypeError:
            return _described(item)

    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False, default=fallback)
    except (TypeError, ValueError, RecursionError):  # a key that is no text, NaN, a circle
        return quote(_described(value))


def _described(value: Any) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001  # metadata of any kind must not cost the metrics
        return f"<{type(value).__name__}>"
