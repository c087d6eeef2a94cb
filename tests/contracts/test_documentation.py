"""Every example in a README, a page of documentation or a docstring runs."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("packages/*/README.md"), *ROOT.glob("packages/*/docs/*.md")])
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_page_examples_run(page, tmp_path):
    """The python blocks of a page run one after the other, in one process, as a reader would paste them."""
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    assert blocks, "a page without an example"
    script = tmp_path / "page.py"
    script.write_text("\n\n".join(blocks), encoding="utf-8")

    environment = {key: value for key, value in os.environ.items() if not key.startswith(("POWERTOOLS_", "AWS_"))}
    result = subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr


def test_docstring_examples_run(module, monkeypatch):
    """The examples in docstrings give what they say."""
    for name in [name for name in os.environ if name.startswith(("POWERTOOLS_", "_X_AMZN"))]:
        monkeypatch.delenv(name)

    failed, _ = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)

    assert failed == 0


def definitions(body, prefix=""):
    """Yield name and node of the public classes, functions and methods in a body."""
    for node in body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) or node.name.startswith("_"):
            continue
        decorators = [ast.unparse(decorator) for decorator in getattr(node, "decorator_list", [])]
        if not any(decorator == "overload" or decorator.endswith(".setter") for decorator in decorators):
            yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from definitions(node.body, f"{prefix}{node.name}.")


def test_public_names_have_docstrings(module):
    """Every public class, function and method of a public module says what it does."""
    source = Path(importlib.util.find_spec(module).origin).read_text(encoding="utf-8")
    if any(part.startswith("_") and not part.startswith("__") for part in module.split(".")):
        return

    missing = [name for name, node in definitions(ast.parse(source).body) if not ast.get_docstring(node)]

    assert missing == []
