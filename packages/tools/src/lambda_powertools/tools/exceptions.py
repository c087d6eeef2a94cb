"""What goes wrong with tools.

PowertoolsError
└── ToolsError
    ├── ToolError                               what a tool raises to tell the model why it cannot do that
    ├── ToolArgumentsError (also ValueError)    the arguments do not fit the tool
    ├── UnknownToolError (also LookupError)     there is no tool of that name
    ├── ToolDefinitionError (also TypeError)    a function that cannot be a tool
    └── ToolsDependencyError (also ImportError) a feature needs a distribution that is not installed
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class ToolsError(PowertoolsError):
    """Base of every exception of tools."""


class ToolError(ToolsError):
    """Tells the model why a tool cannot do what was asked; the message is for the model, and perhaps for its user.

    Example:
        >>> from lambda_powertools.tools import ToolError
        >>> str(ToolError("there is no order 7"))
        'there is no order 7'
    """


class ToolArgumentsError(ToolsError, ValueError):
    """The arguments do not fit the tool; the message says where and what, never the values."""


class UnknownToolError(ToolsError, LookupError):
    """There is no tool of that name."""


class ToolDefinitionError(ToolsError, TypeError):
    """A function that cannot be a tool; the message names it and the reason."""


class ToolsDependencyError(ToolsError, ImportError):
    """A feature needs a distribution that is not installed; the message names it."""
