"""The process in which `powertools doctor` times discovery: fresh, as it is when a function starts."""

from __future__ import annotations

import json
import os
import sys
import time

from lambda_powertools.core.discovery import MANIFEST_NAME, find_plugins, list_distributions, read_manifest


def main() -> None:
    """Write as JSON to stdout how long discovery took, in which way it went, and the manifests that do not hold."""
    had_metadata = "importlib.metadata" in sys.modules
    start = time.perf_counter()
    found = find_plugins()
    duration = (time.perf_counter() - start) * 1000
    ways = []
    stale = []
    distributions = 0
    for folder in dict.fromkeys(entry or "." for entry in sys.path):
        names = list_distributions(folder)
        distributions += len(names)
        if names:
            frozen = read_manifest(folder, names) is not None
            ways.append("manifest" if frozen else "scan")
            manifest = os.path.join(folder, MANIFEST_NAME)  # noqa: PTH118  # pathlib is not loaded here
            if not frozen and os.path.exists(manifest):  # noqa: PTH110  # the same
                stale.append(manifest)
    if not had_metadata and "importlib.metadata" in sys.modules:
        ways = ["importlib.metadata"]
    answer = {
        "ms": duration,
        "ways": sorted(set(ways)),
        "plugins": len(found),
        "distributions": distributions,
        "stale_manifests": stale,
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
