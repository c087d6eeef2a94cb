"""The process in which `powertools freeze` imports and checks plugins: it has their folder first on its path.

Reads plugins as JSON from stdin, writes what is wrong with each, by its name, as JSON to stdout.
"""

from __future__ import annotations

import json
import os
import sys

from lambda_powertools.core.discovery import FoundPlugin
from lambda_powertools.core.exceptions import PluginError


def main() -> None:
    """Check the plugins that stdin names."""
    found = [FoundPlugin(*fields) for fields in json.load(sys.stdin)]
    descriptor = os.dup(1)
    os.dup2(2, 1)  # what a plugin prints when imported is no answer of ours
    problems = {plugin.name: problem for plugin in found if (problem := check(plugin)) is not None}
    with os.fdopen(descriptor, "w", encoding="utf-8") as answer:
        json.dump(problems, answer)


def check(plugin: FoundPlugin) -> str | None:
    """Return what is wrong with a plugin, None if nothing is."""
    from importlib.metadata import EntryPoint

    from lambda_powertools.core.hookspecs import ENTRY_POINT_GROUP
    from lambda_powertools.core.validation import check_plugin

    try:
        loaded = EntryPoint(plugin.name, plugin.value, ENTRY_POINT_GROUP).load()
    except Exception as error:  # noqa: BLE001  # whatever its import does, it is the plugin's problem
        return f"plugin {plugin.name!r} cannot be imported: {type(error).__name__}: {error} (from {plugin.origin})"
    try:
        check_plugin(loaded, expected_name=plugin.name, distribution=plugin.origin)
    except PluginError as error:
        return str(error)
    return None


if __name__ == "__main__":
    main()
