"""What is said of an old path, or a name at one, that is not answered."""

from __future__ import annotations

import sys

from aws_lambda_powertools._advice import DISTRIBUTIONS, GONE
from aws_lambda_powertools._table import ALIASES, ASSEMBLED


def advice(path: str) -> str | None:
    """Return what to do about an old path, or `module.name`, that was not found; None if nothing is known of it."""
    parent, _, name = path.rpartition(".")
    if parent in ASSEMBLED and name in ASSEMBLED[parent][1]:
        return missing(ASSEMBLED[parent][1][name].partition(":")[0], path)
    if parent in ALIASES and path in ALIASES:
        return missing(ALIASES[path], path)
    if f"{parent}:{name}" in GONE:
        return f"{path} has no counterpart; use instead: {GONE[f'{parent}:{name}']}"
    module = path
    while module:
        if module in GONE:
            return f"{module} has no counterpart; use instead: {GONE[module]}"
        module = module.rpartition(".")[0]
    return None


def missing(new: str, old: str) -> str:
    """Return what to install for a module of ours that could not be imported."""
    package = ".".join(new.split(".")[:2])
    distribution = DISTRIBUTIONS.get(package, "lambda-powertools")
    if package in sys.modules:
        return f"{old} is answered by {new}, which needs a newer release: pip install --upgrade {distribution}"
    return f"{old} is answered by {package}, which is not installed: pip install {distribution}"
