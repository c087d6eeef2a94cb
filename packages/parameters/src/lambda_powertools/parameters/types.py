"""Types of this package's parameters."""

from __future__ import annotations

from typing import Literal

TransformOptions = Literal["json", "binary", "auto"] | None
"""How a fetched value is decoded: as JSON, from base64, by the suffix of its name, or not at all."""
