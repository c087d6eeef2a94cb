"""Paths that are texts: `patch("aws_lambda_powertools.…")` and its like."""

from __future__ import annotations

import libcst as cst
from libcst.helpers import get_full_name_for_node

from lambda_powertools.cli._migrate.table import OLD

_FUNCTIONS = frozenset({"__import__", "find_spec", "import_module", "importorskip", "patch"})
"""Functions whose first argument is the path of a module or of a name."""

_METHODS = frozenset({"delattr", "dict", "multiple", "setattr", "spy", "stub"})
"""Methods likewise, of `monkeypatch` and of `patch`: as functions their names mean something else."""

_KEYWORDS = frozenset({"in_dict", "modname", "name", "target"})


def path_in_call(node: cst.Call) -> cst.SimpleString | None:
    """Return the text that is an old path, of a call that takes one."""
    function = get_full_name_for_node(node.func) or ""
    owner, _, name = function.rpartition(".")
    if name not in _FUNCTIONS and not (owner and name in _METHODS):
        return None
    for number, argument in enumerate(node.args):
        is_path = number == 0 if argument.keyword is None else argument.keyword.value in _KEYWORDS
        if is_path and isinstance(argument.value, cst.SimpleString):
            value = argument.value.evaluated_value
            if isinstance(value, str) and (value == OLD or value.startswith(f"{OLD}.")):
                return argument.value
    return None


def replaced_string(node: cst.SimpleString, text: str) -> cst.SimpleString:
    """Return a string with other contents, in its own quotes."""
    return node.with_changes(value=f"{node.prefix}{node.quote}{text}{node.quote}")
