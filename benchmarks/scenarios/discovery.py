"""The folder of generated distributions is made by the harness, see `distributions.py`."""

from lambda_powertools.core import Registry  # what is measured here is the search alone

TITLE = "Discovery of plugins"
WHAT = "find the installed plugins among 150 distributions; floor: importlib.metadata, its import included"
FRESH = True
GOAL = ("seconds", 0.002)
DISTRIBUTIONS = 150


def ours():
    Registry().discover()


def floor():
    from importlib.metadata import entry_points

    entry_points(group="lambda_powertools.plugins")
