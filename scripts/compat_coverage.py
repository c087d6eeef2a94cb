"""Report which modules and public names of the original library are answered: `hatch run compat-coverage [--all]`.

A name is answered, gone (the table says what to use instead), waiting (the module that has it is not built yet) or
missing. Fails where one is missing. With `--all` it reports on the names that modules of the original merely happen to
have imported.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from pathlib import Path

from lambda_powertools.cli._migrate.table import GONE, MODULES

ORIGINAL = Path(__file__).parent.parent / "tests" / "compat" / "original.json"


def facts() -> dict[str, dict[str, list[str]]]:
    """Return the modules of the original with their names."""
    found: dict[str, dict[str, list[str]]] = json.loads(ORIGINAL.read_text(encoding="utf-8"))["modules"]
    return found


def module_state(module: str) -> str:
    """Return what becomes of an old module: `answered`, `gone`, `waiting` or `missing`."""
    if is_gone(module):
        return "gone"
    try:
        importlib.import_module(module)
    except ImportError:
        pass
    else:
        return "answered"
    above = module
    while above not in MODULES and above:
        above = above.rpartition(".")[0]
    return "waiting" if above and not is_built(MODULES[above]) else "missing"


def name_state(module: str, name: str) -> str:
    """Return what becomes of a name of an old module."""
    state = module_state(module)
    if f"{module}:{name}" in GONE:
        return "gone"
    if state != "answered":
        return state
    return "answered" if hasattr(importlib.import_module(module), name) else "missing"


def is_gone(module: str) -> bool:
    """Return whether the table has an old module, or one above it, among those that nothing answers."""
    while module:
        if module in GONE:
            return True
        module = module.rpartition(".")[0]
    return False


def is_built(new: str) -> bool:
    """Return whether a module of ours is there."""
    try:
        importlib.import_module(new)
    except ModuleNotFoundError:
        return False
    return True


def main() -> None:
    """Print what is not answered, and how much is."""
    kind = "passed_on" if "--all" in sys.argv[1:] else "names"
    modules: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for module, known in facts().items():
        state = module_state(module)
        modules[state] += 1
        states = {name: name_state(module, name) for name in known[kind]}
        names.update(states.values())
        for other in ("missing", "waiting"):
            those = [name for name, value in states.items() if value == other]
            if those or state == other:
                print(f"{other}: {module}: {' '.join(those)}")
    for title, counter in (("modules", modules), ("names", names)):
        print(f"{title}: {', '.join(f'{count} {state}' for state, count in sorted(counter.items()))}")
    if kind == "names" and (modules["missing"] or names["missing"]):
        sys.exit(1)


if __name__ == "__main__":
    main()
