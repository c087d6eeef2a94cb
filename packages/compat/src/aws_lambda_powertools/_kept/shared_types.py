"""Type variables that annotations of decorators use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

AnyCallableT = TypeVar("AnyCallableT", bound=Callable[..., Any])
EventT_contra = TypeVar("EventT_contra", contravariant=True)
ContextT_contra = TypeVar("ContextT_contra", contravariant=True)
ReturnT_co = TypeVar("ReturnT_co", covariant=True)

__all__ = ["AnyCallableT", "ContextT_contra", "EventT_contra", "ReturnT_co"]
