"""The tooling of the documentation site, and its pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts" / "docs"))  # docs_site


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml; the functions that it names for mkdocs are of no interest here."""


_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _loader, suffix, _node: suffix)


@pytest.fixture(scope="session")
def config():
    """What mkdocs.yml says."""
    return yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _ConfigLoader)  # noqa: S506  # a SafeLoader
