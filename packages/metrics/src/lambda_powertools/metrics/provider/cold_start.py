"""Whether the metric `ColdStart` is still to be written in this execution environment.

Which invocation is the cold one is core's to say (`Invocation.cold_start`); here is only remembered what was written.
Tests may assign to `is_cold_start`, or call `reset_cold_start_flag`, to have the next invocation count as cold.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.core.invocation import Invocation

    is_cold_start: bool
    """Whether the next invocation may count as cold."""

_WRITTEN = "metrics.cold_start"

# What was assigned to the flag: True holds for one invocation, False until the next assignment or reset.
_assigned: bool | None = None
_any_written = False
_deleted = False


def is_due(invocation: Invocation) -> bool:
    """Return whether the metric is to be written for this invocation, and has not been."""
    if not (_assigned or (invocation.cold_start and _assigned is None)):
        return False
    return _WRITTEN not in invocation.state and not _is_provisioned()


def mark_written(invocation: Invocation) -> None:
    """Remember that the metric was written: by others of this invocation, and in ones after it, it is not due."""
    global _assigned, _any_written
    invocation.state[_WRITTEN] = _any_written = True
    _assigned = None


def reset_cold_start_flag() -> None:
    """Make the next invocation count as cold, for tests."""
    global _assigned
    _assigned = True


def _is_provisioned() -> bool:
    # https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency"


class _AssignableFlag(ModuleType):
    """This module, with a flag that notices assignment: `cold_start.is_cold_start = True`."""

    @property
    def is_cold_start(self) -> bool:
        if _deleted:
            raise AttributeError("is_cold_start has been deleted")
        flag = (not _any_written) if _assigned is None else _assigned
        return flag and not _is_provisioned()

    @is_cold_start.setter
    def is_cold_start(self, value: bool) -> None:
        global _assigned, _deleted
        _assigned, _deleted = bool(value), False

    @is_cold_start.deleter
    def is_cold_start(self) -> None:  # as unittest.mock does before it sets what there was
        global _deleted
        _deleted = True


sys.modules[__name__].__class__ = _AssignableFlag
