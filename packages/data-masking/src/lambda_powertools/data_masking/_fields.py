"""Fields: one mask for all that a list of paths matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking._missing import report_missing
from lambda_powertools.data_masking._paths import freeze, replace_matches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lambda_powertools.data_masking.provider.base import BaseProvider


def erase_fields(
    document: Any,
    fields: Sequence[str],
    provider: BaseProvider,
    options: Mapping[str, Any],
    *,
    raise_on_missing: bool | None,
) -> Any:
    """Mask in the document, which is changed, what the fields match, one after the other.

    Raises:
        DataMaskingError: a path is wrong.
        DataMaskingFieldNotFoundError: a path matches nothing, and that is to be raised.
    """

    def erase(value: Any) -> Any:
        return provider.erase(freeze(value), **options)

    for field in fields:
        document, is_found = replace_matches(document, field, erase)
        if not is_found:
            report_missing(f"Field or expression {field} not found in the data", raise_on_missing=raise_on_missing)
    return document
