"""Logs, metrics and spans of a call as objects that can be asked, and that say what there is when the answer is no."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import ExpectationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeVar

    from lambda_powertools.testing.traces import TraceNode

    T = TypeVar("T")

_SHOWN = 20


class Logs(list[dict[str, Any]]):
    """The log records of a call, in their order; a list of dictionaries.

    Example:
        >>> logs = Logs([{"level": "INFO", "message": "placed", "order": 7}])
        >>> logs.one(message="placed")["order"]
        7
        >>> logs.one(level="ERROR")
        Traceback (most recent call last):
        ...
        lambda_powertools.testing.exceptions.ExpectationError: no log record has level='ERROR'; there is 1:
          {"level": "INFO", "message": "placed", "order": 7}
    """

    @property
    def messages(self) -> list[Any]:
        """The messages, in their order."""
        return [record.get("message") for record in self]

    def where(self, **fields: Any) -> Logs:
        """Return the records that have these fields with these values."""
        return Logs(record for record in self if _has(record, fields))

    def one(self, **fields: Any) -> dict[str, Any]:
        """Return the only record that has these fields with these values.

        Raises:
            ExpectationError: there is none, or more than one; shows the records there are.
        """
        __tracebackhide__ = True
        return _only(self.where(**fields), "log record", _condition(fields), map(_line, self))


@dataclass(frozen=True)
class Metric:
    """A metric of a call.

    Attributes:
        name: its name.
        values: its values, in their order.
        unit: its unit.
        namespace: its namespace.
        dimensions: its dimensions: those of all sets that it is in.
        metadata: what the same line holds besides metrics and dimensions.
        resolution: its storage resolution, in seconds.
    """

    name: str
    values: list[float]
    unit: str | None
    namespace: str
    dimensions: dict[str, str]
    metadata: dict[str, Any] = field(default_factory=dict)
    resolution: int = 60

    @property
    def value(self) -> float:
        """Its value, if it has exactly one.

        Raises:
            ExpectationError: it has several.
        """
        if len(self.values) != 1:
            raise ExpectationError(f"the metric {self.name} has {len(self.values)} values: {self.values}")
        return self.values[0]

    def __str__(self) -> str:
        """Return it in one line."""
        dimensions = ", ".join(f"{name}={value}" for name, value in self.dimensions.items())
        return f"{self.name} {self.values} {self.unit or ''} in {self.namespace} by {dimensions or 'nothing'}"


class Metrics(list[dict[str, Any]]):
    """The metrics of a call: a list of its lines in the embedded metric format.

    Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html

    Example:
        >>> directive = {"Namespace": "Shop", "Dimensions": [["service"]], "Metrics": [{"Name": "Placed"}]}
        >>> metrics = Metrics([{"_aws": {"CloudWatchMetrics": [directive]}, "service": "orders", "Placed": [1.0]}])
        >>> metrics.one("Placed").value, metrics.one("Placed").dimensions
        (1.0, {'service': 'orders'})
    """

    @property
    def all(self) -> list[Metric]:
        """Each metric of each line."""
        return [metric for line in self for metric in _metrics_of(line)]

    @property
    def names(self) -> list[str]:
        """The names of the metrics, in their order."""
        return [metric.name for metric in self.all]

    def where(self, name: str, **dimensions: str) -> list[Metric]:
        """Return the metrics of this name that have these dimensions."""
        return [metric for metric in self.all if metric.name == name and _has(metric.dimensions, dimensions)]

    def one(self, name: str, **dimensions: str) -> Metric:
        """Return the only metric of this name that has these dimensions.

        Raises:
            ExpectationError: there is none, or more than one; shows the metrics there are.
        """
        __tracebackhide__ = True
        condition = f"is called {name!r}" + (f" with {_condition(dimensions)[4:]}" if dimensions else "")
        return _only(self.where(name, **dimensions), "metric", condition, map(str, self.all))


class Spans(list["TraceNode"]):
    """The spans of a call: a list of the outermost ones, each with those inside it."""

    @property
    def all(self) -> list[TraceNode]:
        """Every span, the outer before the inner."""
        return [node for root in self for node in root.walk()]

    @property
    def names(self) -> list[str]:
        """The names of all spans, the outer before the inner."""
        return [node.name for node in self.all]

    def one(self, name: str) -> TraceNode:
        """Return the only span of this name.

        Raises:
            ExpectationError: there is none, or more than one; shows the spans there are.
        """
        __tracebackhide__ = True
        found = [node for node in self.all if node.name == name]
        shown = ("  " * depth + node.name for root in self for depth, node in _depths(root))
        return _only(found, "span", f"is called {name!r}", shown)


def _depths(node: TraceNode, depth: int = 0) -> Iterator[tuple[int, TraceNode]]:
    yield depth, node
    for child in node.children:
        yield from _depths(child, depth + 1)


def _metrics_of(line: Mapping[str, Any]) -> Iterator[Metric]:
    directives = line.get("_aws", {}).get("CloudWatchMetrics", [])
    taken = {"_aws", *(name for directive in directives for names in directive.get("Dimensions", []) for name in names)}
    taken |= {definition["Name"] for directive in directives for definition in directive.get("Metrics", [])}
    metadata = {key: value for key, value in line.items() if key not in taken}
    for directive in directives:
        names = dict.fromkeys(name for group in directive.get("Dimensions", []) for name in group)
        for definition in directive.get("Metrics", []):
            values = line.get(definition["Name"], [])
            yield Metric(
                name=definition["Name"],
                values=list(values) if isinstance(values, list) else [values],
                unit=definition.get("Unit"),
                namespace=directive.get("Namespace", ""),
                dimensions={name: line[name] for name in names if name in line},
                metadata=metadata,
                resolution=definition.get("StorageResolution", 60),
            )


def _has(record: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    return all(name in record and record[name] == value for name, value in fields.items())


def _condition(fields: Mapping[str, Any]) -> str:
    return f"has {', '.join(f'{name}={value!r}' for name, value in fields.items()) or 'any field'}"


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, default=repr)


def _only(found: list[T], what: str, condition: str, shown: Iterable[str]) -> T:
    __tracebackhide__ = True  # the message says it, and the line that matters is the test's
    if len(found) == 1:
        return found[0]
    lines = list(shown)
    count = "no" if not found else str(len(found))
    plural = "s" if len(found) > 1 else ""
    verb = condition if not plural else condition.replace("has ", "have ", 1).replace("is ", "are ", 1)
    there = "there is none" if not lines else "there is 1:" if len(lines) == 1 else f"there are {len(lines)}:"
    rest = [f"  ... and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    indented = [f"  {line}" for line in lines[:_SHOWN]]
    raise ExpectationError("\n".join([f"{count} {what}{plural} {verb}; {there}", *indented, *rest]))
