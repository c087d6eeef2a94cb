"""Where the original library is installed as well."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import aws_lambda_powertools
from aws_lambda_powertools import _beside

IMPORT = "import aws_lambda_powertools\nfrom aws_lambda_powertools import Logger\nprint(Logger.__module__)\n"


def install(folder: Path, distribution: str, files: dict[str, str]) -> None:
    """Write files into a folder as an installer does, with the record of them."""
    for name, text in files.items():
        path = folder / "aws_lambda_powertools" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    info = folder / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8")
    record = "".join(f"aws_lambda_powertools/{name},,\n" for name in files)
    (info / "RECORD").write_text(record, encoding="utf-8")


@pytest.fixture
def ours(tmp_path):
    """A folder with this package in it, as pip installs it."""
    source = Path(aws_lambda_powertools.__path__[0])
    folder = tmp_path / "site-packages"
    files = {str(path.relative_to(source)): path.read_text(encoding="utf-8") for path in source.rglob("*.py")}
    install(folder, "lambda-powertools-compat", files)
    return folder


ORIGINAL = {
    "__init__.py": "raise RuntimeError('the original')\n",
    "logging/__init__.py": "raise RuntimeError('the original')\n",
    "shared/constants.py": "",
    "shared/version.py": "",
}


def test_files_of_both_in_one_folder_are_an_error_that_names_them(python, ours):
    """The import fails, tells which files both have brought, and says what to do."""
    theirs = {name: text for name, text in ORIGINAL.items() if name == "logging/__init__.py"}
    install(ours, "aws-lambda-powertools", theirs)
    (ours / "aws_lambda_powertools-1.0.dist-info" / "RECORD").write_text(
        "".join(f"aws_lambda_powertools/{name},,\n" for name in ORIGINAL), encoding="utf-8"
    )

    error = python(IMPORT, path=(ours,), fails=True)

    assert error.splitlines()[-1] == (
        f"ImportError: lambda-powertools-compat and aws-lambda-powertools are both installed in "
        f"{ours / 'aws_lambda_powertools'}, and each has overwritten files of the other: "
        "aws_lambda_powertools/__init__.py, aws_lambda_powertools/shared/constants.py, "
        "aws_lambda_powertools/shared/version.py. Uninstall both, then install the one that you want."
    )


def test_files_without_their_records_are_an_error_too(python, ours):
    """A deployment package has often no metadata: what gave the original away is named."""
    shutil.rmtree(ours / "lambda_powertools_compat-1.0.dist-info")
    (ours / "aws_lambda_powertools" / "logging").mkdir()
    (ours / "aws_lambda_powertools" / "logging" / "__init__.py").touch()

    error = python(IMPORT, path=(ours,), fails=True)

    assert "each has overwritten files of the other: aws_lambda_powertools/logging/__init__.py." in error


def test_an_original_that_is_hidden_is_told_of(python, ours, tmp_path):
    """If the original is elsewhere on the path, ours serves, and one warning of the project's category names both."""
    layer = tmp_path / "layer"
    install(layer, "aws-lambda-powertools", ORIGINAL)
    code = f"""
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    import aws_lambda_powertools
    from aws_lambda_powertools import Logger
print([(warning.category.__name__, str(warning.message)) for warning in seen if "hides" in str(warning.message)] == [
    ("PowertoolsUserWarning", "lambda-powertools-compat in {ours}/aws_lambda_powertools hides aws-lambda-powertools in "
     "{layer}/aws_lambda_powertools, which is not used: uninstall one of them")
], Logger.__module__)
"""

    assert python(code, path=(ours, layer)) == "True lambda_powertools.logger.logger\n"
    assert "PowertoolsUserWarning" in python(IMPORT, path=(ours, layer), fails=True)


def test_alone_nobody_is_told_of_anything(python, ours):
    """Without the original there is no warning, wherever the package is installed."""
    assert python(IMPORT, path=(ours,)) == "lambda_powertools.logger.logger\n"


def test_what_nobody_claims_is_no_collision(tmp_path, monkeypatch):
    """Of two records, what both claim is named, compiled files apart."""
    monkeypatch.syspath_prepend(str(tmp_path))
    install(tmp_path, "lambda-powertools-compat", {"__init__.py": "", "a.py": "", "x.pyc": ""})
    install(tmp_path, "aws-lambda-powertools", {"__init__.py": "", "b.py": "", "x.pyc": ""})

    assert _beside.colliding() == ["aws_lambda_powertools/__init__.py"]
