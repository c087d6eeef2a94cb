"""Types of this package."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")
"""What a transformation gives."""
