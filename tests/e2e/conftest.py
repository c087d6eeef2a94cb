"""Environments, daemon and emulator for the end-to-end tests."""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own package, e2e_support

from e2e_support.emulator import Emulator, emulator_binary
from e2e_support.runtime_api import Environment

from lambda_powertools.testing import XRayDaemon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EMF_SCHEMA = Path(__file__).parent.parent / "metrics" / "data" / "emf.schema.json"


@pytest.fixture
def daemon() -> Iterator[XRayDaemon]:
    """A listener in the place of the X-Ray daemon."""
    with XRayDaemon() as listener:
        yield listener


@pytest.fixture(scope="session")
def binary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The emulator, executable; skips where aws-sam-cli has none for this machine."""
    found = emulator_binary(tmp_path_factory.mktemp("emulator"))
    if found is None:
        pytest.skip("aws-sam-cli brings no Runtime Interface Emulator for this machine")
    return found


@pytest.fixture
def emulator(binary: Path, daemon: XRayDaemon, tmp_path: Path) -> Iterator[Callable[..., Emulator]]:
    """Starts functions in the emulator: `emulator("module.handler", timeout=seconds, VARIABLE=value)`."""
    started: list[Emulator] = []

    def start(handler: str, timeout: int = 10, python: Sequence[str] = (sys.executable,), **variables: str) -> Emulator:
        started.append(Emulator(binary, _new_folder(tmp_path), handler, daemon.address, variables, timeout, python))
        return started[-1]

    yield start
    for function in started:
        function.close()


@pytest.fixture
def environment(daemon: XRayDaemon, tmp_path: Path) -> Iterator[Callable[..., Environment]]:
    """Starts environments: `environment("module.handler", daemon=address, VARIABLE=value)`."""
    pytest.importorskip("awslambdaric", reason="the runtime client is for Linux")
    started: list[Environment] = []

    def start(handler: str, daemon_address: str | None = None, **variables: str) -> Environment:
        address = daemon_address or daemon.address
        started.append(Environment(_new_folder(tmp_path), handler, address, variables))
        return started[-1]

    yield start
    for function in started:
        function.close()


@pytest.fixture(scope="session")
def check_emf() -> Callable[[list[dict[str, Any]]], None]:
    """Validates EMF objects against the published schema, and that every name in them is there."""
    from jsonschema import validators

    schema = json.loads(EMF_SCHEMA.read_text())
    validator = validators.validator_for(schema)(schema)

    def check(objects: list[dict[str, Any]]) -> None:
        for emf in objects:
            validator.validate(emf)
            for directive in emf["_aws"]["CloudWatchMetrics"]:
                for name in itertools.chain(*directive["Dimensions"]):
                    assert isinstance(emf[name], str)
                for metric in directive["Metrics"]:
                    assert metric["Name"] in emf

    return check


def _new_folder(parent: Path) -> Path:
    folder = parent / f"environment-{sum(1 for _ in parent.iterdir())}"
    folder.mkdir()
    return folder
