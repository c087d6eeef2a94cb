from pathlib import Path

from type_checks import strict_mypy

ROOT = Path(__file__).parent.parent.parent


def test_type_checkers_see_the_exact_types(tmp_path):
    """Properties, the decorators and classes of one's own have exact types, and misuse is an error."""
    options = ["--no-error-summary", f"--cache-dir={tmp_path}", f"--config-file={ROOT / 'mypy.ini'}"]

    cases = Path(__file__).with_name("typing_cases.py")

    assert strict_mypy(cases, ROOT.glob("packages/*/src"), *options) == ("", 0)
