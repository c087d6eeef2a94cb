import os
from pathlib import Path

from mypy import api

ROOT = Path(__file__).parent.parent.parent


def test_type_checkers_see_models_and_handlers(monkeypatch, tmp_path):
    """The parsed object, the lazy names and the decorated handler have their types, and misuse is an error."""
    monkeypatch.setenv("MYPYPATH", os.pathsep.join(map(str, ROOT.glob("packages/*/src"))))
    options = ["--strict", "--no-error-summary", f"--cache-dir={tmp_path}", f"--config-file={ROOT / 'mypy.ini'}"]

    report, errors, status = api.run([*options, str(Path(__file__).with_name("typing_cases.py"))])

    assert (report, errors, status) == ("", "", 0)
