"""Items of DynamoDB as Python objects.

The format: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = 38  # the precision of a number in DynamoDB
_DEPTH = 32  # lists and maps within each other: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html


def plain_item(item: Any) -> Any:
    """Convert the attributes of an item; what is no mapping is given back as it is.

    Raises:
        ValueError: an attribute is not what DynamoDB sends.
    """
    return _map(item, 0) if isinstance(item, dict) else item


def _map(item: dict[str, Any], depth: int) -> dict[str, Any]:
    return {name: _value(attribute, depth) for name, attribute in item.items()}


def _value(attribute: Any, depth: int) -> Any:
    if depth > _DEPTH:
        raise ValueError("the item is nested deeper than DynamoDB allows")
    if not isinstance(attribute, dict) or len(attribute) != 1:
        raise ValueError("an attribute value is expected: a mapping of one type to its value")
    ((kind, content),) = attribute.items()
    try:
        if kind == "M":
            return _map(content, depth + 1)
        if kind == "L":
            return [_value(value, depth + 1) for value in content]
        convert = _CONVERSIONS.get(kind)
        if convert is None:
            raise ValueError(f"DynamoDB has no attribute type {kind!r:.20}")
        return convert(content)
    except (TypeError, AttributeError) as error:
        raise ValueError(f"an attribute of type {kind} holds a {type(content).__name__}") from error


def _number(text: Any) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("an attribute of type N holds no number") from error
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError("an attribute of type N holds no finite number")  # noqa: TRY004  # pydantic reports it
    if len(digits) <= _DIGITS:
        return number
    significant = "".join(map(str, digits)).rstrip("0")
    if len(significant) > _DIGITS:
        raise ValueError(f"a number has more than {_DIGITS} significant digits")
    dropped = len(digits) - len(significant)
    return Decimal((sign, tuple(map(int, significant)), exponent + dropped))


def _null(_: Any) -> None:
    return None


def _same(value: Any) -> Any:
    return value


def _number_set(values: list[Any]) -> set[Decimal]:
    return {_number(value) for value in values}


_CONVERSIONS: dict[Any, Callable[[Any], Any]] = {
    "S": _same,
    "N": _number,
    "B": _same,
    "BOOL": _same,
    "NULL": _null,
    "SS": set,
    "NS": _number_set,
    "BS": set,
}
