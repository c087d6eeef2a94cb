"""DynamoDB attribute values as values of Python.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
"""

from __future__ import annotations

from decimal import Clamped, Context, Decimal, Inexact, Overflow, Rounded, Underflow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.data_classes.exceptions import UnknownAttributeTypeError

_DIGITS = 38
"""Significant digits that DynamoDB keeps of a number."""

_CONTEXT = Context(Emin=-128, Emax=126, prec=_DIGITS, traps=[Clamped, Overflow, Inexact, Rounded, Underflow])


def _number(text: str) -> Decimal:
    if text in {"", "."}:
        return Decimal(0)
    number = text
    if len(text) > _DIGITS:
        # Zeros at either end are no digits of the number: only a number without them is measured.
        exact = Decimal(text)
        if not exact:
            return Decimal(0)
        if len(exact.as_tuple().digits) > _DIGITS:
            number = str(exact.normalize(Context(prec=len(text))))
    return _CONTEXT.create_decimal(number)


class TypeDeserializer:
    """Turns attribute values into what they stand for; numbers are `Decimal`, exactly.

    Example:
        >>> TypeDeserializer().deserialize({"M": {"id": {"S": "a"}, "price": {"N": "9.90"}}})
        {'id': 'a', 'price': Decimal('9.90')}
    """

    def deserialize(self, value: dict[str, Any]) -> Any:
        """Return what an attribute value stands for; its first key tells the type.

        Raises:
            UnknownAttributeTypeError: DynamoDB has no such type.
            decimal.DecimalException: DynamoDB cannot hold such a number.
        """
        for kind, content in value.items():
            convert = _CONVERTERS.get(kind)
            if convert is None:
                raise _unknown(f"Dynamodb type {kind} is not supported, only {', '.join(_CONVERTERS)}")
            return convert(content)
        raise _unknown("an attribute value has its type as its key, this one is empty")


def _unknown(message: str) -> UnknownAttributeTypeError:
    from lambda_powertools.data_classes.exceptions import UnknownAttributeTypeError

    return UnknownAttributeTypeError(message)


_deserialize = TypeDeserializer().deserialize


def _same(content: Any) -> Any:
    return content


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "NULL": lambda _: None,
    "BOOL": _same,
    "S": _same,
    "N": _number,
    "B": _same,
    "SS": set,
    "NS": lambda content: {_number(item) for item in content},
    "BS": set,
    "L": lambda content: [_deserialize(item) for item in content],
    "M": lambda content: {name: _deserialize(item) for name, item in content.items()},
}
