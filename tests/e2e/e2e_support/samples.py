"""Events written by AWS: the templates that `sam local generate-event` fills in."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

_VARIABLE = re.compile(r"\{\{\{(\w+)\}\}\}")


def sample_event(service: str, name: str, **values: Any) -> dict[str, Any]:
    """Return a sample with its variables set, as `sam local generate-event SERVICE NAME` does.

    Args:
        service: name of the service in the command.
        name: name of the event.
        values: values of variables, `_` for `-`; the others have AWS's defaults.
    """
    spec = importlib.util.find_spec("samcli")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "lib" / "generated_sample_events"
    mapping = json.loads((folder / "event-mapping.json").read_text())[service][name]
    known = {
        variable.replace("-", "_"): _encoded(str(values.get(variable.replace("-", "_"), tag["default"])), tag)
        for variable, tag in mapping["tags"].items()
    }
    text = (folder / "events" / service / f"{mapping['filename']}.json").read_text()
    event: dict[str, Any] = json.loads(_VARIABLE.sub(lambda match: json.dumps(known[match[1]])[1:-1], text))
    if isinstance(event.get("queryStringParameters"), str):  # a variable that holds an object
        event["queryStringParameters"] = json.loads(event["queryStringParameters"])
    return event


def _encoded(value: str, tag: dict[str, str]) -> str:
    return base64.b64encode(value.encode()).decode() if tag.get("encoding") == "base64" else value
