"""What reached the X-Ray daemon: segment documents, checked, by trace and by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from lambda_powertools.testing import XRayDaemon

_SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "xray-segment.schema.json").read_text())
_VALIDATOR = Draft202012Validator(_SCHEMA)


def documents_of(daemon: XRayDaemon) -> list[dict[str, Any]]:
    """Return what was sent until now, each document checked against the schema."""
    documents = daemon.drain()
    assert daemon.rejected == []
    for document in documents:
        _VALIDATOR.validate(document)
    return documents


def traces_of(daemon: XRayDaemon) -> dict[str, list[dict[str, Any]]]:
    """Return the documents by trace id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for document in documents_of(daemon):
        found.setdefault(document["trace_id"], []).append(document)
    return found


def children(documents: list[dict[str, Any]], parent: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the subsegments directly below `parent`, in the order in which they began."""
    return sorted((d for d in documents if d.get("parent_id") == parent["id"]), key=lambda d: d["start_time"])


def named(documents: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the one document of this name."""
    found = [document for document in documents if document["name"] == name]
    assert len(found) == 1, f"{len(found)} of {name!r} among {[document['name'] for document in documents]}"
    return found[0]
