"""`powertools layer build`, on wheels that are made here: no package index is asked."""

from __future__ import annotations

import ast
import json
import zipfile
from pathlib import Path

import pytest
import yaml

from lambda_powertools.cli._layer.names import UTILITIES
from lambda_powertools.core.discovery import MANIFEST_NAME

ROOT = Path(__file__).parent.parent.parent
PLUG = """
class Plug:
    name = "{name}"
    def __init__(self, *arguments, **options): ...
"""


def wheel(folder, name, version="1.0", *, tag="py3-none-any", requires=(), plugin=None, files=None):
    """Write a wheel of the named distribution with one module, and a plugin in it if it is given a name."""
    module = name.replace("-", "_")
    metadata = f"{module}-{version}.dist-info"
    contents = {
        f"{module}/__init__.py": PLUG.format(name=plugin or name),
        f"{module}/__pycache__/__init__.cpython-313.pyc": "bytecode",
        f"{metadata}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + "".join(f"Requires-Dist: {requirement}\n" for requirement in requires),
        f"{metadata}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n",
        **(files or {}),
    }
    if plugin:
        contents[f"{metadata}/entry_points.txt"] = (
            f"[console_scripts]\n{name} = {module}:Plug\n[lambda_powertools.plugins]\n{plugin} = {module}:Plug\n"
        )
    contents[f"{metadata}/RECORD"] = "\n".join([*(f"{path},," for path in contents), f"{metadata}/RECORD,,"])
    with zipfile.ZipFile(folder / f"{module}-{version}-{tag}.whl", "w") as archive:
        for path, text in contents.items():
            archive.writestr(path, text)


@pytest.fixture
def wheels(tmp_path):
    """A folder with the core's wheel, two plugins', boto3's, and one of compiled code for two machines."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    wheel(folder, "lambda-powertools-logger", plugin="audit", requires=["boto3>=1", "native"])
    wheel(folder, "lambda-powertools-tracer", plugin="spy")
    wheel(folder, "boto3", "1.40", requires=["botocore"])
    wheel(folder, "botocore", "1.40")
    for machine in ("x86_64", "aarch64"):
        tag = f"cp313-cp313-manylinux_2_28_{machine}"
        wheel(folder, "native", tag=tag, files={"native/code.so": machine})
    return folder


@pytest.fixture
def build(powertools, wheels, tmp_path):
    """Build a layer from the wheels only; gives how the command finished, and the path of the layer."""

    def run(*arguments, name="layer.zip"):
        path = tmp_path / name
        source = ("--no-index", "--find-links", str(wheels), "-o", str(path))
        return powertools("layer", "build", *source, *arguments), path

    return run


def names_in(path):
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_a_layer_holds_the_distributions_below_the_folder_that_lambda_looks_in(build):
    """Modules and metadata are under python/, sorted; the plugins' names are told."""
    finished, path = build("--with", "logger,tracer", "--no-freeze")

    assert finished.code == 0, finished.err
    names = names_in(path)
    assert names == sorted(names)
    assert {"python/lambda_powertools_logger/__init__.py", "python/lambda_powertools_tracer/__init__.py"} <= set(names)
    assert all(name.startswith("python/") for name in names)
    assert "plugins: audit, spy" in finished.out


@pytest.mark.parametrize(
    ("architecture", "machine"), [("x86_64", "x86_64"), ("arm64", "aarch64")], ids=["x86_64", "arm64"]
)
def test_compiled_code_is_that_of_the_functions_machine(build, architecture, machine):
    """Wheels are chosen for the architecture asked for, not for the one that this runs on."""
    finished, path = build("--with", "logger", "--arch", architecture, "--no-freeze")

    assert finished.code == 0, finished.err
    with zipfile.ZipFile(path) as archive:
        assert archive.read("python/native/code.so").decode() == machine


def test_what_the_runtime_brings_is_left_out_unless_it_is_asked_for(build):
    """boto3 and what it alone needs are in the layer only with --aws-sdk."""
    without, path = build("--with", "logger", "--no-freeze")
    finished, whole = build("--with", "logger", "--no-freeze", "--aws-sdk", name="whole.zip")

    assert (without.code, finished.code) == (0, 0)
    assert not [name for name in names_in(path) if "boto" in name]
    assert {"python/boto3/__init__.py", "python/botocore/__init__.py"} <= set(names_in(whole))


def test_a_layer_holds_no_bytecode_no_scripts_and_no_traces_of_the_installation(build):
    """What differs from machine to machine, and what no function needs, is not there; records name what is."""
    _, path = build("--with", "logger", "--no-freeze")

    names = names_in(path)
    assert not [name for name in names if name.endswith(".pyc") or "/bin/" in name or "INSTALLER" in name]
    with zipfile.ZipFile(path) as archive:
        record = archive.read("python/lambda_powertools_logger-1.0.dist-info/RECORD").decode()
    assert {f"python/{line.split(',')[0]}" for line in record.splitlines()} <= set(names)


def test_the_same_distributions_give_the_same_bytes(build):
    """Two builds are equal to the last byte, so that a deployment of what has not changed changes nothing."""
    first, one = build("--with", "logger,tracer", "--no-freeze", "--json", name="one.zip")
    second, two = build("--with", "tracer", "--with", "logger", "--no-freeze", "--json", name="two.zip")

    assert one.read_bytes() == two.read_bytes()
    assert first.json["sha256"] == second.json["sha256"]


def test_sizes_are_told_for_each_distribution(build):
    """The JSON document has the sizes in bytes; they add up to those of the layer's files."""
    finished, path = build("--with", "logger,tracer", "--no-freeze", "--json", "--python", "3.13")

    document = finished.json
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    assert [part["name"] for part in document["distributions"] if part["name"] != "native"] == [
        "lambda-powertools-logger",
        "lambda-powertools-tracer",
    ]
    assert document["unzipped"] == sum(entry.file_size for entry in entries)
    assert sum(part["unzipped"] for part in document["distributions"]) == document["unzipped"]
    assert sum(part["zipped"] for part in document["distributions"]) == sum(entry.compress_size for entry in entries)
    assert sum(part["files"] for part in document["distributions"]) == len(entries)
    assert (document["runtime"], document["architecture"]) == ("python3.13", "x86_64")


def test_the_manifest_of_the_plugins_is_in_the_layer(build):
    """A function that uses the layer need not look for its plugins."""
    finished, path = build("--with", "tracer")

    assert finished.code == 0, finished.err
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read(f"python/{MANIFEST_NAME}"))
    assert [plugin[1] for plugin in manifest["plugins"]] == ["spy"]


def test_a_broken_plugin_is_named_and_nothing_is_written(build, wheels):
    """The plugins are checked before they are frozen."""
    wheel(wheels, "broken", plugin="broken", files={"broken/__init__.py": "raise RuntimeError('no region')"})

    finished, path = build("--with", "tracer", "-r", "broken")

    assert finished.code == 1
    assert "plugin 'broken' cannot be imported: RuntimeError: no region" in finished.err
    assert "--no-freeze" in finished.err
    assert not path.exists()


def test_a_layer_that_lambda_would_refuse_is_not_written(build, wheels):
    """More than 250 MB unzipped: the error names the largest distributions, and what was there stays."""
    wheel(wheels, "giant", files={"giant/data.bin": bytes(251 * 1024 * 1024)})
    _, path = build("--with", "tracer")
    before = path.read_bytes()

    finished, _ = build("--with", "tracer", "-r", "giant", "--no-freeze")

    assert finished.code == 1
    assert "251 MB unzipped" in finished.err
    assert "giant 251 MB" in finished.err
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".layer")] == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("loger", "did you mean 'logger'?"),
        ("zzz", "there are auth, batch, circuit-breaker"),
        ("cli", "--with 'cli' is no utility"),
        ("", "--with '' is no utility"),
        ("logger;rm", "--with 'logger;rm' is no utility"),
    ],
)
def test_a_name_that_is_no_utility_is_an_error_that_helps(build, name, message):
    """A typo is told with what was probably meant; no installer is started."""
    finished, path = build("--with", name)

    assert finished.code == 2
    assert message in finished.err.replace("\n", " ")
    assert not path.exists()


def test_a_distribution_that_is_not_there_is_named(build):
    """What the installer said is shown, and nothing is written."""
    finished, path = build("--with", "parser")

    assert finished.code == 1
    assert "lambda-powertools-parser cannot be installed for python3.13 on x86_64. Nothing was written." in finished.err
    assert not path.exists()


def test_a_folder_of_wheels_that_is_not_there_is_an_error(powertools, tmp_path):
    """The option and its value are named."""
    finished = powertools("layer", "build", "--with", "logger", "--find-links", str(tmp_path / "none"))

    assert finished.code == 2
    assert "is not a folder" in finished.err


def test_a_requirement_cannot_pass_for_an_option(build):
    """What follows -r is a requirement, whatever it looks like."""
    finished, path = build("--with", "tracer", "-r", "--target=elsewhere")

    assert finished.code == 1
    assert not path.exists()


def test_the_template_for_sam_declares_the_layer_and_a_function_with_it(build):
    """It is YAML of its own on stdout; the sizes go to stderr."""
    finished, path = build("--with", "tracer", "--template", "sam", "--arch", "arm64")

    text = finished.out.replace("!Ref ", "")
    resources = yaml.safe_load(text)["Resources"]
    layer = resources["PowertoolsLayer"]["Properties"]
    assert layer["ContentUri"] == path.as_posix()
    assert layer["CompatibleArchitectures"] == resources["Function"]["Properties"]["Architectures"] == ["arm64"]
    assert resources["Function"]["Properties"]["Layers"] == ["PowertoolsLayer"]
    assert "lambda-powertools-tracer" in finished.err


def test_the_template_for_cdk_is_python_that_names_the_layer(build):
    """It can be parsed, and the path in it is that of the layer."""
    finished, path = build("--with", "tracer", "--template", "cdk")

    tree = ast.parse(finished.out)
    constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {path.as_posix(), "python3.13"} <= constants
    assert "Architecture.X86_64" in finished.out


def test_the_template_for_terraform_names_the_layer(build):
    """Its blocks are closed, and it names path, runtime and architecture."""
    finished, path = build("--with", "tracer", "--template", "terraform", "--json")

    text = finished.json["template"]
    assert text.count("{") == text.count("}")
    assert f'filename                 = "{path.as_posix()}"' in text
    assert 'compatible_runtimes      = ["python3.13"]' in text


def test_the_names_are_those_of_the_packages_that_functions_deploy():
    """Every package has a short name, but for the tools of development and the names that only gather others."""
    packages = {folder.name for folder in (ROOT / "packages").iterdir() if (folder / "pyproject.toml").is_file()}

    assert set(UTILITIES) == packages - {"cli", "testing", "lambda-powertools"}
