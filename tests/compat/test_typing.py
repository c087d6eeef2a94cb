"""What type checkers see at the old paths."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CASES = Path(__file__).parent / "typing_cases.py"


def checked(*files, cache):
    """Run mypy strictly on files, with the packages as their sources have them, and return what it found."""
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(map(str, sorted(ROOT.glob("packages/*/src"))))}
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "mypy.ini"), "--cache-dir", str(cache)]
    result = subprocess.run(
        [*command, *map(str, files)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return result.stdout + result.stderr


def test_code_of_the_original_s_users_is_typed(coverage, tmp_path):
    """Strict mypy finds nothing in code with old imports, knows each name that is answered, and finds mistakes."""
    names = tmp_path / "names.py"
    lines = [
        f"from {module} import {name} as name_{number}_{position}"
        for number, (module, known) in enumerate(coverage.facts().items())
        for position, name in enumerate(known["names"])
        if coverage.name_state(module, name) == "answered"
    ]
    names.write_text("\n".join(lines), encoding="utf-8")
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "from aws_lambda_powertools.logging import Loger\n"
        "from aws_lambda_powertools import Logger\n"
        "reveal_type(Logger.append_keys)\n"
        "Logger(service=7)\n",
        encoding="utf-8",
    )

    found = checked(CASES, names, wrong, cache=tmp_path / "cache")

    assert [line for line in found.splitlines() if "wrong.py" not in line] == [
        "Found 2 errors in 1 file (checked 3 source files)"
    ]
    assert 'has no attribute "Loger"' in found
    assert 'Revealed type is "def (self: lambda_powertools.logger._key_methods.KeyMethods' in found
    assert 'Argument "service" to "Logger" has incompatible type "int"' in found


def test_stubs_and_run_time_are_made_of_one_table(stubs):
    """What is in the package is what the table of migrations gives: `hatch run compat-stubs` would change nothing."""
    assert [str(path.relative_to(ROOT)) for path in stubs.differences(stubs.outputs())] == []
