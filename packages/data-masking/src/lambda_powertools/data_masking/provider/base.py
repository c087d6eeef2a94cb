"""The base class of providers: it erases, and says who could encrypt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking._masks import given_options, mask
from lambda_powertools.data_masking._plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def dumps(value: Any) -> str:
    """Return JSON that does not escape what is not ASCII."""
    import json

    return json.dumps(value, ensure_ascii=False)


def loads(text: str) -> Any:
    """Return what a JSON text says."""
    import json

    return json.loads(text)


class BaseProvider:
    """Erases data. A subclass overrides `encrypt` and `decrypt`, or `erase`, or all of them.

    Example:
        >>> from lambda_powertools.data_masking import DataMasking
        >>> class RotatingProvider(BaseProvider):
        ...     def encrypt(self, data, provider_options=None, **encryption_context):
        ...         return self.json_serializer(data)[::-1]
        ...     def decrypt(self, data, provider_options=None, **encryption_context):
        ...         return self.json_deserializer(data[::-1])
        >>> masking = DataMasking(provider=RotatingProvider())
        >>> masking.decrypt(masking.encrypt({"card": 4711}))
        {'card': 4711}
    """

    def __init__(
        self,
        json_serializer: Callable[..., str] = dumps,
        json_deserializer: Callable[[str], Any] = loads,
    ) -> None:
        """Choose how JSON is written and read, wherever the package does it.

        Args:
            json_serializer: returns the JSON text of data.
            json_deserializer: returns the data of a JSON text.
        """
        self.json_serializer = json_serializer
        self.json_deserializer = json_deserializer

    def encrypt(self, data: Any, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> str:
        """Return the data encrypted, as text; the base class cannot.

        Raises:
            NotImplementedError: this provider does not encrypt.
        """
        raise NotImplementedError(f"{type(self).__name__} cannot encrypt: give DataMasking a provider that can")

    def decrypt(self, data: str, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> Any:
        """Return what was encrypted; the base class cannot.

        Raises:
            NotImplementedError: this provider does not decrypt.
        """
        raise NotImplementedError(f"{type(self).__name__} cannot decrypt: give DataMasking a provider that can")

    def erase(
        self,
        data: Any,
        dynamic_mask: bool | None = None,
        custom_mask: str | None = None,
        regex_pattern: str | None = None,
        mask_format: str | None = None,
        masking_rules: Mapping[str, Mapping[str, Any]] | None = None,
        **kwargs: Any,  # noqa: ARG002  # what a subclass adds, or a later release
    ) -> Any:
        r"""Return the data masked.

        Without a mask, a dict or scalar becomes `*****` and each member of a list, tuple or set does. With one, every
        leaf is masked and the keys stay. A regular expression wins over a custom mask, that over a dynamic one.

        Args:
            data: what to mask.
            dynamic_mask: put `*` for each character except `-`, `_`, `.` and the space.
            custom_mask: put this, cut to the length of the text.
            regex_pattern: put `mask_format` where this matches.
            mask_format: replacement for `regex_pattern`, with back references such as `\1`.
            masking_rules: a mask for each path, instead of one for all.
            **kwargs: not used here; a subclass may have masks of its own.

        Raises:
            DataMaskingError: a pattern, a path or a rule is wrong.

        Example:
            >>> BaseProvider().erase({"name": "Ada Lovelace"}, dynamic_mask=True)
            {'name': '*** ********'}
            >>> BaseProvider().erase("ada@example.com", regex_pattern=r"(.).*(@.*)", mask_format=r"\1***\2")
            'a***@example.com'
        """
        if masking_rules:
            from lambda_powertools.data_masking._rules import apply_rules

            return apply_rules(to_plain(data), masking_rules, self, raise_on_missing=True)
        options = {
            "dynamic_mask": dynamic_mask,
            "custom_mask": custom_mask,
            "regex_pattern": regex_pattern,
            "mask_format": mask_format,
        }
        return mask(data, given_options(options))
