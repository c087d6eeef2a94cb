"""The `powertools` command: run handlers locally, inspect plugins, write manifests. For development only."""

from lambda_powertools.cli.__about__ import __version__

__all__ = ["__version__"]
