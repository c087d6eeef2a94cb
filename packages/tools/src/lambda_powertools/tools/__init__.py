"""Tools for models, defined once: served to agents of Amazon Bedrock and to clients of the Model Context Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.tools.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.tools.context import ToolContext
    from lambda_powertools.tools.definition import Hints, Tool
    from lambda_powertools.tools.exceptions import ToolArgumentsError, ToolDefinitionError, ToolError, UnknownToolError
    from lambda_powertools.tools.toolbox import Toolbox

_MODULES = {
    "context": "ToolContext",
    "definition": "Hints Tool",
    "exceptions": "ToolArgumentsError ToolDefinitionError ToolError UnknownToolError",
    "toolbox": "Toolbox",
}
"""Names that are exported, by the module that has them."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _MODULES.items():
        if name in names.split():
            value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Hints",
    "Tool",
    "ToolArgumentsError",
    "ToolContext",
    "ToolDefinitionError",
    "ToolError",
    "Toolbox",
    "UnknownToolError",
    "__version__",
]
