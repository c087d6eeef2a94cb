"""Makes records of two runs comparable, and tells where they differ."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMES = {"timestamp", "Timestamp", "expiration", "in_progress_expiration", "opened_at"}
"""Keys whose numbers, or texts, are the time of the run."""

_REPLACED = [
    (re.compile(r"\b(aws_)?lambda_powertools(\.\w+)*\.(?=[A-Z])"), ""),  # the module of a class
    (re.compile(r"0x[0-9a-f]{6,}"), "<address>"),
    (re.compile(r"http://127\.0\.0\.1:\d+"), "http://aws"),
    (re.compile(r"errors\.pydantic\.dev/[\d.]+/"), "errors.pydantic.dev/"),
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.,]\d+([+-]\d{4}|[+-]\d\d:\d\d|Z)?"), "<time>"),
    (re.compile(r"^([\w.<>]+):\d+$"), r"\1"),  # the line of a location: a migrated function may have other lines
]


_SHOWN = 300
"""Characters of a value that are shown."""


@dataclass(frozen=True)
class Difference:
    """A value that two records do not share."""

    function: str
    way: str
    path: str
    original: Any
    other: Any

    def __str__(self) -> str:
        return f"{self.function} [{self.way}] {self.path}: {_short(self.original)} -> {_short(self.other)}"


def normalised(name: str, record: dict | None) -> dict:
    """Return what a run did, without what is different in every run."""
    if record is None:
        return {"process": "crashed"}
    return {
        "initialisation": _error(record["initialisation"]),
        "invocations": [_invocation(name, item) for item in record["invocations"]],
        "stored": _plain(record["stored"]),
        "warnings": record.get("warnings", []),
    }


def differences(function: str, way: str, original: dict, other: dict) -> list[Difference]:
    """Return every value that two normalised records do not share."""
    return [Difference(function, way, path, left, right) for path, left, right in _compare("", original, other)]


def _invocation(name: str, item: dict) -> dict:
    logs, metrics, output = [], [], []
    for line in item["lines"]:
        try:
            document = json.loads(line)
        except ValueError:
            document = line
        if not isinstance(document, dict):
            output.append(_plain(document))
        elif "_aws" in document:
            metrics.append(_plain(document))
        elif "level" in document or "message" in document:
            logs.append({**_log(name, document), "(order)": list(document)})
        elif document.keys() == {"m", "v", "e", "t"}:  # a metric of Datadog; e is its time
            output.append({**_plain(document), "e": "<time>"})
        else:
            output.append(_plain(document))
    return {
        "response": _plain(item["response"]),
        "error": _error(item["error"]),
        "logs": logs,
        "metrics": metrics,
        "output": output,
        "traces": _tree(item["segments"]),
    }


def _error(error: dict | None) -> dict | None:
    if error is None:
        return None
    return {"type": error["type"], "message": _text(_without_frames(error["message"])), "cause": error["cause"]}


def _log(name: str, document: dict) -> dict:
    log = _plain(document)
    if isinstance(document.get("exception"), str):
        log["exception"] = _text(_without_frames(document["exception"]))
    if isinstance(document.get("stack_trace"), dict):
        frames = document["stack_trace"].get("frames", [])
        own = [frame for frame in frames if frame["file"].endswith(f"{name}.py")]
        log["stack_trace"]["frames"] = [[frame["function"], frame["statement"]] for frame in own]
    module = document.get("stack_trace", {}).get("module", "") if isinstance(document.get("stack_trace"), dict) else ""
    if "lambda_powertools" in module:
        log["stack_trace"]["module"] = "<powertools>"
    return log


def _without_frames(text: str) -> str:
    """Leave the lines of a traceback that say what was raised: the frames between them are each library's own."""
    if "Traceback (most recent call last)" not in text:
        return text
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "Traceback"))]
    return "\n".join(lines)


def _tree(segments: list) -> list:
    """Return the trees of all subsegments, whether they came one by one or one within the other."""
    nodes, parents = {}, {}

    def add(segment: dict, parent: str | None) -> None:
        nodes[segment["id"]] = segment
        parents[segment["id"]] = segment.get("parent_id", parent)
        for child in segment.get("subsegments", []):
            add(child, segment["id"])

    for segment in segments:
        add(segment, None)

    def below(parent: str) -> list:
        children = [nodes[key] for key in nodes if parents[key] == parent]
        return [_span(node, below(node["id"])) for node in sorted(children, key=lambda node: node["start_time"])]

    roots = dict.fromkeys(parent for parent in parents.values() if parent not in nodes)
    return [span for root in roots for span in below(root)]


def _span(segment: dict, children: list) -> dict:
    exceptions = segment.get("cause", {}).get("exceptions", []) if isinstance(segment.get("cause"), dict) else []
    return {
        "name": segment["name"],
        "namespace": segment.get("namespace"),
        "annotations": _plain(segment.get("annotations", {})),
        "metadata": _plain(_without_frames_in(segment.get("metadata", {}))),
        "failed": [bool(segment.get(key)) for key in ("fault", "error", "throttle")],
        "exceptions": [
            [item["type"].rpartition(".")[2], _text(_without_frames(item["message"]))] for item in exceptions
        ],
        "aws": segment.get("aws", {}).get("operation"),
        "children": children,
    }


def _without_frames_in(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_frames_in(item) for key, item in value.items()}
    return _without_frames(value) if isinstance(value, str) else value


def _plain(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        if key in _TIMES:  # a number as DynamoDB has it
            return "<time>"
        return {name: _plain(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if key in _TIMES and value is not None:
        return "<time>"
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    return text


def _compare(path: str, left: Any, right: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in dict.fromkeys([*left, *right]):
            missing = "<missing>"
            yield from _compare(f"{path}.{key}" if path else str(key), left.get(key, missing), right.get(key, missing))
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from _compare(f"{path}[{number}]", one, other)
    elif left != right or type(left) is not type(right):
        yield path, left, right


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
