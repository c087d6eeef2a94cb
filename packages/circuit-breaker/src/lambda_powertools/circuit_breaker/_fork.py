"""What a forked child must not inherit: locks that another thread held, and the parent's right to probe."""

from __future__ import annotations

import os
import weakref
from typing import Protocol


class Forgetful(Protocol):
    """Has state that belongs to one process."""

    def forget(self) -> None:
        """Start anew, whoever holds a lock."""


_known: weakref.WeakSet[Forgetful] = weakref.WeakSet()


def forget_in_child(one: Forgetful) -> None:
    """Call `one.forget()` in every child that this process forks, as long as it lives."""
    _known.add(one)


def _forget() -> None:
    for one in list(_known):
        one.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
