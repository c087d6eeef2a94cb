"""Installs distributions for another machine than this one."""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_powertools.cli._layer.target import Target

IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer")
"""What Lambda's Python runtimes bring along. Who depends on it is content with theirs."""

_PARENT = "python"
"""Folder of a layer that is on the path of Python functions: /opt/python.

https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
"""


@contextmanager
def installed(
    requirements: Sequence[str], target: Target, *, find_links: Sequence[str], no_index: bool, with_aws_sdk: bool
) -> Iterator[Path]:
    """Install wheels into a folder that is gone afterwards.

    Args:
        requirements: what to install.
        target: what for.
        find_links: folders of wheels.
        no_index: whether those are all there is.
        with_aws_sdk: whether boto3 is installed, too, if anything depends on it.

    Raises:
        CliUsageError: the installer is missing, or a folder is.
        CliError: the distributions could not be installed; with what the installer said.
    """
    installer = _find_installer()
    for links in find_links:
        if not Path(links).is_dir():
            raise CliUsageError(f"--find-links {links} is not a folder")
    with tempfile.TemporaryDirectory(prefix="powertools-layer-") as temporary:
        overrides = Path(temporary, "overrides.txt")
        # A requirement that holds nowhere: neither it nor what it alone depends on is installed.
        never = "" if with_aws_sdk else "\n".join(f"{name}; python_version < '3'" for name in IN_THE_RUNTIME)
        overrides.write_text(never, encoding="utf-8")
        folder = Path(temporary, "layer", _PARENT)
        folder.mkdir(parents=True)
        command = [
            *(installer, "pip", "install", "--quiet", "--no-config", "--link-mode", "copy", "--target", str(folder)),
            *("--python-version", target.python, "--python-platform", target.platform, "--only-binary", ":all:"),
            *("--overrides", str(overrides)),
            *(part for links in find_links for part in ("--find-links", str(Path(links).absolute()))),
            *(["--no-index"] if no_index else []),
            *("--", *requirements),
        ]
        result = subprocess.run(  # noqa: S603  # the installer, with requirements after its last option
            command, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if result.returncode != 0:
            raise CliError(
                f"{', '.join(requirements)} cannot be installed for {target.runtime} on {target.architecture}. "
                f"Nothing was written.\n{result.stderr.strip()}"
            )
        _tidy(folder)
        yield folder


def _find_installer() -> str:
    try:
        from uv import find_uv_bin
    except ImportError:
        found = shutil.which("uv")
        if found is None:
            raise CliUsageError('layer build needs uv: pip install "lambda-powertools-cli[layer]"') from None
        return found
    return str(find_uv_bin())


def _tidy(folder: Path) -> None:
    """Remove what no function needs, and what differs from one installation to the next."""
    for name in ("bin", ".lock"):
        _remove(folder / name)
    for path in [*folder.rglob("__pycache__"), *folder.rglob("*.pyc")]:
        _remove(path)
    for metadata in folder.glob("*.dist-info"):
        for name in ("INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"):
            _remove(metadata / name)
        record = metadata / "RECORD"
        with record.open(encoding="utf-8", newline="") as file:
            rows = sorted(row for row in csv.reader(file) if row and (folder / row[0]).is_file())
        with record.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
