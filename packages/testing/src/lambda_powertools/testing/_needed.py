"""Other distributions of the project, which a helper needs only when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from lambda_powertools.testing.exceptions import MissingDistributionError

if TYPE_CHECKING:
    from types import ModuleType


def need(module: str, distribution: str) -> ModuleType:
    """Import a module of another distribution.

    Raises:
        MissingDistributionError: it is not installed; says how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if not module.startswith(error.name or "."):
            raise  # something that the distribution needs itself
        raise MissingDistributionError(f"this needs {distribution}: pip install {distribution}", name=module) from error
