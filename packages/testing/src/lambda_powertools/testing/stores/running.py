"""How an option of pytest brings a suite of this package into the run."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lambda_powertools.testing.plugins.options import NAME as PLUGIN
from lambda_powertools.testing.plugins.options import add_options as add_plugin_options
from lambda_powertools.testing.plugins.options import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable

SUITES = {
    "--circuit-breaker-store": "lambda_powertools.testing.stores.circuit_breaker_suite",
    "--idempotency-store": "lambda_powertools.testing.stores.idempotency_suite",
    "--tracing-provider": "lambda_powertools.testing.providers.tracing_suite",
    PLUGIN: "lambda_powertools.testing.plugins.suite",
}
"""Option and module of each suite."""


def add_options(parser: pytest.Parser) -> None:
    """Add an option for each suite."""
    group = parser.getgroup("lambda_powertools", "Lambda Powertools")
    add_plugin_options(group)
    for option in SUITES:
        if option == PLUGIN:
            continue
        what = option.removeprefix("--").replace("-", " ")
        group.addoption(
            option,
            metavar="MODULE:FACTORY",
            help=f"run the conformance suite for the {what}: FACTORY is called without arguments, as often as "
            "layers on the same store, or fresh providers, are needed",
        )


def add_suites(config: pytest.Config) -> None:
    """Run the suites whose options are given: beside the tests that are named, instead of all others."""
    if config.getoption(PLUGIN):
        subject_of(config)  # a wrong option is told once, before anything runs
    paths = [str(_path(module)) for option, module in SUITES.items() if config.getoption(option)]
    if not paths:
        return
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args.clear()
    config.args.extend(path for path in paths if path not in config.args)


def make_module(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect a suite under its own name, wherever pytest would import its file from."""
    for module in SUITES.values():
        if module_path == _path(module):
            collector: _Suite = _Suite.from_parent(parent, path=module_path)
            collector.module_name = module
            return collector
    return None


def load_factory(config: pytest.Config, option: str) -> Callable[[], Any]:
    """Return the factory that an option names.

    Raises:
        pytest.UsageError: there is none; tells why.
    """
    value = str(config.getoption(option))
    module, _, name = value.partition(":")
    for folder in (str(config.rootpath), str(config.invocation_params.dir)):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    try:
        factory: Any = import_module(module)
        for part in name.split("."):
            factory = getattr(factory, part)
    except (ImportError, AttributeError, ValueError) as error:
        raise pytest.UsageError(f"{option}={value}: MODULE:FACTORY is expected, and {error}") from error
    if not callable(factory):
        raise pytest.UsageError(f"{option}={value}: {name} cannot be called, it is a {type(factory).__name__}")
    return factory  # type: ignore[no-any-return]  # it is callable


class _Suite(pytest.Module):
    """A module of this package; importing it by its file, pytest would put that folder in front of `sys.path`."""

    module_name: str

    def _getobj(self) -> Any:
        return import_module(self.module_name)


def _path(module: str) -> Path:
    _, _, *folders, name = module.split(".")
    return Path(__file__).parent.parent.joinpath(*folders, f"{name}.py")
