"""What happens where the original library is installed as well."""

from __future__ import annotations

OURS = "lambda-powertools-compat"
ORIGINAL = "aws-lambda-powertools"


def complain(folder: str, found: str) -> None:
    """Tell that the original library is there too.

    Args:
        folder: where this package is installed.
        found: where the original was found.

    Raises:
        ImportError: it is the same folder, so the files of both are mixed; names those that both bring.
    """
    from os.path import samefile

    if samefile(folder, found):  # noqa: PTH121  # pathlib is not loaded for it
        raise ImportError(
            f"{OURS} and {ORIGINAL} are both installed in {folder}, and each has overwritten files of the other: "
            f"{', '.join(colliding())}. Uninstall both, then install the one that you want."
        )
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    text = f"{OURS} in {folder} hides {ORIGINAL} in {found}, which is not used: uninstall one of them"
    warnings.warn(text, PowertoolsUserWarning, stacklevel=4)


def colliding() -> list[str]:
    """Return the files that both distributions claim; the one that gave it away if their records are gone."""
    from importlib.metadata import PackageNotFoundError, files

    try:
        claimed = [{str(file) for file in files(name) or () if file.suffix != ".pyc"} for name in (OURS, ORIGINAL)]
    except PackageNotFoundError:
        claimed = [set(), set()]
    both = sorted(file for file in claimed[0] & claimed[1] if file.endswith(".py"))
    return both or ["aws_lambda_powertools/logging/__init__.py"]
