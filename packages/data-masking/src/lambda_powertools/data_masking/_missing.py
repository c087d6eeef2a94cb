"""What happens when a path matches nothing."""

from __future__ import annotations

from lambda_powertools.data_masking.exceptions import DataMaskingFieldNotFoundError


def report_missing(message: str, *, raise_on_missing: bool | None) -> None:
    """Raise, or warn whoever called the package; None does neither."""
    if raise_on_missing is None:
        return
    if raise_on_missing:
        raise DataMaskingFieldNotFoundError(message)
    import warnings

    warnings.warn(message, UserWarning, stacklevel=5)
