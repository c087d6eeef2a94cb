from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from e2e_support.environment import FUNCTIONS
from e2e_support.segments import documents_of, named

from lambda_powertools.testing import make_trace_header

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parent.parent.parent
MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
CLIENT = ("awslambdaric", "simplejson", "snapshot-restore-py")


@pytest.fixture(scope="module")
def opt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which Lambda would have unpacked a layer of logger, metrics and tracer."""
    folder = tmp_path_factory.mktemp("layer")
    for name in ("core", "logger", "metrics", "tracer"):
        command = ["uv", "build", "--quiet", "--wheel", "--out-dir", folder / "wheels", ROOT / "packages" / name]
        subprocess.run(command, check=True)
    layer = folder / "layer.zip"
    subprocess.run(
        [
            *(sys.executable, "-m", "lambda_powertools.cli", "layer", "build", "--with", "logger,metrics,tracer"),
            *("--find-links", folder / "wheels", "--output", layer, "--arch", MACHINES[platform.machine().lower()]),
            *("--python", f"{sys.version_info.major}.{sys.version_info.minor}"),
        ],
        check=True,
    )
    with zipfile.ZipFile(layer) as archive:
        archive.extractall(folder / "opt")
    return folder / "opt"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A folder with nothing but Lambda's runtime client, as the runtime has it."""
    for name in CLIENT:
        installed = distribution(name)
        for file in installed.files or ():
            source = Path(str(installed.locate_file(file)))
            if ".." not in file.parts and source.is_file():
                (tmp_path / "client" / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, tmp_path / "client" / file)
    return tmp_path / "client"


def test_a_function_runs_with_what_is_in_its_layer(emulator, daemon, opt, client, check_emf):
    """With nothing installed but the runtime client, logs, metrics and trace come from the layer, which is frozen."""
    path = ":".join(map(str, (opt / "python", FUNCTIONS, client)))
    # -S: nothing of the environment that runs the tests is on the function's path.
    function = emulator("layered.handler", python=(sys.executable, "-S"), PYTHONPATH=path)

    answer = function.invoke({}, make_trace_header())

    assert "modules" in answer.payload, answer.text
    assert set(answer.payload["modules"].values()) == {str(opt / "python" / "lambda_powertools")}
    assert answer.payload["plugins"] == ["logger", "tracer", "metrics"]
    assert answer.payload["checked"] is True
    output = function.output()
    assert [log["message"] for log in output.logs] == ["from a layer"]
    check_emf(output.metrics)
    assert output.metrics[-1]["Answers"] == [1.0]
    assert named(documents_of(daemon), "## handler")["annotations"]["ColdStart"] is True
