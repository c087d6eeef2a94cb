"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class DataClassesPlugin(Plugin[None]):
    """Hands a handler the data class that its event parameter is annotated with."""

    name = "data_classes"
    order = 950
