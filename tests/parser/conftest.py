"""Events that AWS wrote, as `sam local generate-event` gives them."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

SAMPLES = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events"


def rendered(service, name):
    about = json.loads((SAMPLES / "event-mapping.json").read_text(encoding="utf-8"))[service][name]
    text = (SAMPLES / "events" / service / f"{about['filename']}.json").read_text(encoding="utf-8")

    def fill(match):
        tag = about["tags"][match[2].replace("_", "-")]
        value = tag.get("default", "")
        if tag.get("encoding") == "base64":
            value = base64.b64encode(value.encode()).decode()
        return match[1] + (quote(value) if tag.get("encoding") == "url" else value)

    variables = {tag.replace("-", "_") for tag in about["tags"]}
    text = re.sub(r'"\{\{\{(\w+)\}\}\}"', lambda match: _mapping(about, match), text)
    return json.loads(re.sub(r"(\s*)\{\{\{(\w+)\}\}\}", lambda m: fill(m) if m[2] in variables else m[1], text))


def _mapping(about, match):
    tag = about["tags"].get(match[1].replace("_", "-"), {})
    return tag.get("default", "{}") if tag.get("type") == "dict" else match[0]


@pytest.fixture
def sample():
    """Return what gives a sample event with the default values of its variables."""
    return rendered
