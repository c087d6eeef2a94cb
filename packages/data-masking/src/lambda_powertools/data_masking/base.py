"""The class that masks, encrypts and decrypts data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking._masks import given_options
from lambda_powertools.data_masking._plain import to_plain
from lambda_powertools.data_masking.exceptions import DataMaskingUnsupportedTypeError
from lambda_powertools.data_masking.provider.base import BaseProvider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class DataMasking:
    """Erases, encrypts and decrypts sensitive values.

    Takes dicts, lists, scalars, JSON texts, dataclasses and pydantic models. What is given is never changed.

    Example:
        >>> masking = DataMasking()
        >>> order = {"id": 7, "customer": {"name": "Ada", "card": "4111-1111"}}
        >>> masking.erase(order, fields=["customer.card"])
        {'id': 7, 'customer': {'name': 'Ada', 'card': '*****'}}
        >>> masking.erase(order, fields=["customer.card"], dynamic_mask=True)
        {'id': 7, 'customer': {'name': 'Ada', 'card': '****-****'}}
        >>> order["customer"]["card"]
        '4111-1111'
    """

    def __init__(self, provider: BaseProvider | None = None, raise_on_missing_field: bool = True) -> None:
        """Choose who does the work.

        Args:
            provider: encrypts and masks; by default one that only masks.
            raise_on_missing_field: raise for a field that matches nothing, instead of a warning.
        """
        self.provider = BaseProvider() if provider is None else provider
        self.json_serializer = self.provider.json_serializer
        self.json_deserializer = self.provider.json_deserializer
        self.raise_on_missing_field = raise_on_missing_field

    def encrypt(self, data: Any, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> str:
        """Return all of the data, encrypted, as text.

        Args:
            data: what to encrypt; has to have a JSON form.
            provider_options: for the provider; for AWS, keywords of the client's `encrypt`.
            **encryption_context: names and values that are not secret, and must be given again to decrypt:
                https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/concepts.html#encryption-context

        Raises:
            NotImplementedError: the provider cannot encrypt.
            DataMaskingUnsupportedTypeError: a value of the context is no text.
            DataMaskingEncryptKeyError: the key cannot be used.
        """
        return self.provider.encrypt(to_plain(data), provider_options=provider_options, **encryption_context)

    def decrypt(self, data: str, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> Any:
        """Return what was encrypted.

        Args:
            data: what `encrypt` returned.
            provider_options: for the provider; for AWS, keywords of the client's `decrypt`.
            **encryption_context: exactly what was given to `encrypt`, in any order.

        Raises:
            NotImplementedError: the provider cannot decrypt.
            DataMaskingUnsupportedTypeError: a value of the context is no text.
            DataMaskingDecryptKeyError: the key cannot be used.
            DataMaskingDecryptValueError: the data is no intact encrypted message.
            DataMaskingContextMismatchError: the context is another one.
        """
        return self.provider.decrypt(to_plain(data), provider_options=provider_options, **encryption_context)

    def erase(
        self,
        data: Any,
        fields: Sequence[str] | None = None,
        *,
        dynamic_mask: bool | None = None,
        custom_mask: str | None = None,
        regex_pattern: str | None = None,
        mask_format: str | None = None,
        masking_rules: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Any:
        r"""Return a copy of the data with sensitive values masked.

        With `fields` the data goes through JSON first: keys become texts, tuples lists; sets, dates and decimals are a
        `TypeError` unless the provider has a serialiser that takes them. With `masking_rules` it does not.

        Args:
            data: what to mask. A JSON text is read first where there are fields or rules.
            fields: JSONPath expressions of what to mask, `customer.card` or `items[*].sku`; without, all is masked.
            dynamic_mask: put `*` for each character except `-`, `_`, `.` and the space.
            custom_mask: put this, cut to the length of the text.
            regex_pattern: put `mask_format` where this matches.
            mask_format: replacement for `regex_pattern`, with back references.
            masking_rules: mask options for each path; the other arguments are ignored then.

        Raises:
            ValueError: `fields` is empty.
            DataMaskingUnsupportedTypeError: fields or rules were given for data that has none.
            DataMaskingFieldNotFoundError: a field matches nothing, and `raise_on_missing_field` is set.
            DataMaskingError: a path, pattern or rule is wrong.

        Example:
            >>> DataMasking().erase(
            ...     '{"email": "ada@example.com", "age": 36, "note": null}',
            ...     masking_rules={
            ...         "email": {"regex_pattern": r"(.).*(@.*)", "mask_format": r"\1***\2"},
            ...         "age": {"dynamic_mask": True},
            ...     },
            ... )
            {'email': 'a***@example.com', 'age': '**', 'note': None}
        """
        plain = to_plain(data)
        if masking_rules:
            return self._erase_rules(plain, masking_rules)
        options = given_options(
            {
                "dynamic_mask": dynamic_mask,
                "custom_mask": custom_mask,
                "regex_pattern": regex_pattern,
                "mask_format": mask_format,
            }
        )
        if fields is None:
            return self.provider.erase(plain, **options)
        if not fields:
            raise ValueError("fields is empty: name what to mask, or leave it out to mask all of the data")
        return self._erase_fields(plain, fields, options)

    def _erase_fields(self, plain: Any, fields: Sequence[str], options: dict[str, Any]) -> Any:
        from lambda_powertools.data_masking._fields import erase_fields

        if isinstance(fields, str):
            raise DataMaskingUnsupportedTypeError("fields has to be a list of expressions, not one text")
        text = self.json_serializer(plain) if isinstance(plain, (dict, list, tuple)) else plain
        return erase_fields(
            self._read(text), fields, self.provider, options, raise_on_missing=self.raise_on_missing_field
        )

    def _erase_rules(self, plain: Any, rules: Mapping[str, Mapping[str, Any]]) -> Any:
        from lambda_powertools.data_masking._rules import apply_rules

        document = plain if isinstance(plain, (dict, list, tuple)) else self._read(plain)
        return apply_rules(document, rules, self.provider, raise_on_missing=self.raise_on_missing_field)

    def _read(self, text: Any) -> Any:
        if isinstance(text, str):
            problem = "a text that is no JSON"
            try:
                document = self.json_deserializer(text)
            except ValueError:
                document = None
            else:
                problem = f"JSON of type {type(document).__name__}"
            if isinstance(document, (dict, list)):
                return document
        else:
            problem = f"type {type(text).__name__}"
        raise DataMaskingUnsupportedTypeError(
            f"fields and rules need a dict, a list, or a JSON text of one, not {problem}"
        )
