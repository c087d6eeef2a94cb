"""Events that AWS wrote: the templates of aws-sam-cli, with the default values of their variables."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

SAMPLES = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events"
MAPPING = json.loads((SAMPLES / "event-mapping.json").read_text(encoding="utf-8"))
ENCODINGS = {"base64": lambda text: base64.b64encode(text.encode()).decode(), "url": quote, None: str}


def sam_sample(service: str, name: str) -> Any:
    """Return a sample, by the names that `sam local generate-event` has for it."""
    entry = MAPPING[service][name]
    template = (SAMPLES / "events" / service / f"{entry['filename']}.json").read_text(encoding="utf-8")
    values = {}
    for tag, about in entry["tags"].items():
        variable, value = tag.replace("-", "_"), about.get("default", "")
        values[variable] = ENCODINGS[about.get("encoding")](value)
        if about.get("type") == "dict":
            template = template.replace(f'"{{{{{{{variable}}}}}}}"', value)
    return json.loads(re.sub(r"\{\{\{(\w+)\}\}\}", lambda match: values.get(match[1], ""), template))
