"""Events that AWS wrote: the templates of aws-sam-cli."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

SAMPLES = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events"
MAPPING = json.loads((SAMPLES / "event-mapping.json").read_text(encoding="utf-8"))
ENCODINGS = {"base64": lambda text: base64.b64encode(text.encode()).decode(), "url": quote, None: str}


@pytest.fixture
def sample():
    """Return what gives a sample event with the default values of its variables."""

    def render(service: str, name: str) -> Any:
        entry = MAPPING[service][name]
        template = (SAMPLES / "events" / service / f"{entry['filename']}.json").read_text(encoding="utf-8")
        values = {}
        for tag, about in entry["tags"].items():
            variable, value = tag.replace("-", "_"), about.get("default", "")
            values[variable] = ENCODINGS[about.get("encoding")](value)
            if about.get("type") == "dict":
                template = template.replace(f'"{{{{{{{variable}}}}}}}"', value)
        return json.loads(re.sub(r"\{\{\{(\w+)\}\}\}", lambda match: values.get(match[1], ""), template))

    return render
