"""The process in which a plugin is imported alone: what its import loads, and what it writes to stdout.

Given as arguments: `module:attribute` of its class, its options as JSON, and folders for `sys.path`. What it found goes
to stderr, as stdout is the plugin's.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from importlib import import_module
from typing import Any

MARK = "conformance probe: "


def main() -> None:
    """Import the plugin, decorate a handler with it, and invoke that."""
    value, options, *path = sys.argv[1:]
    sys.path[:0] = [folder for folder in path if folder not in sys.path]

    before, start = set(sys.modules), time.process_time()
    module, _, attribute = value.partition(":")
    plugin_class: Any = import_module(module)
    for part in attribute.split("."):
        plugin_class = getattr(plugin_class, part)
    milliseconds = (time.process_time() - start) * 1000
    loaded = sorted(set(sys.modules) - before)
    _phase("import")
    from lambda_powertools.core import Registry, powertools
    from lambda_powertools.testing.context import make_context

    registry = Registry()
    registry.register(plugin_class)

    @powertools(registry=registry, service="conformance", **{plugin_class.name: json.loads(options)})
    def conformance(event: dict[str, Any], context: Any) -> dict[str, Any]:
        if event["fail"]:
            raise ZeroDivisionError("raised by the handler")
        return {"marker": context.aws_request_id, "statusCode": 200}

    _phase("on_init")
    for fail in (False, False, True):
        with suppress(ZeroDivisionError):
            conformance({"marker": "alone", "fail": fail}, make_context(request_id="alone"))
        _phase("an invocation that fails" if fail else "an invocation")
    print(MARK + json.dumps({"modules": loaded, "ms": milliseconds}), file=sys.stderr)  # noqa: T201  # its answer


def _phase(name: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(f"\0{name}\0".encode())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
