"""The warning category of the project."""

from __future__ import annotations


class PowertoolsUserWarning(UserWarning):
    """Something its user should mend, though the invocation goes on; filter on this class to silence or to raise."""


class PowertoolsDeprecationWarning(DeprecationWarning):
    """Something that still works, and whose text names what to use instead."""
