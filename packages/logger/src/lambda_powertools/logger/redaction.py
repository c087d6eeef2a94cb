"""What must not be readable in the log: values by the name of their key, and by what they look like."""

from __future__ import annotations

import re

from lambda_powertools.core.secrets import MASK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

DEFAULT_KEYS = (
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "secret_key",
    "secret_access_key",
    "private_key",
    "api_key",
    "token",
    "authorization",
    "credentials",
    "cookie",
    "card_number",
    "credit_card",
    "cvv",
    "cvc",
    "ssn",
)
"""Names that `redact=True` hides, whatever their case and separators, also as the end of a longer name: `x-api-key`."""

_SEPARATORS = str.maketrans("", "", "-_ .")
_LONG_VALUES = ("authorization", "cookie")  # headers whose value has spaces in it
_ASSIGN = r"""["'\\]*\s*(?:=>|[:=])\s*"""
_QUOTED = (
    r"""(?:[bru]{0,2}(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$))"""  # also one that is cut off
    r"""|\\+"[^"\\]*(?:\\+"|$)"""  # in JSON inside of JSON
    r"""|\[[^\]]*\]?|\{[^}]*\}?)"""
)
_WORD = r"""[^\s,;&"'})\]\\]+"""
_LINE = r"""[^\r\n"'}\]\\]+"""
# A payment card: its first digit, and digits with or without separators. The check digit decides.
_CARD = re.compile(r"(?<![\w.])(?:2[2-7]|[3-6]\d)(?:[ -]?\d){11,17}(?![\w])")
_SHORTEST_CARD, _LONGEST_CARD = 10**12, 10**19
_REMEMBERED_KEYS = 4096


class Redaction:
    """Says what of a record is masked before it is written.

    A value is masked as a whole where its key has one of the names, in `name=value` and `"name": "value"` inside of
    texts as well; a pattern masks the part of a text that it matches.

    Example:
        >>> import re
        >>> redaction = Redaction(keys=["iban"], patterns=[re.compile(r"cus_[a-z0-9]+")])
        >>> redaction.apply({"IBAN": "DE02", "note": "paid by cus_42", "log": "iban=DE02 ok"})
        {'IBAN': '*****', 'note': 'paid by *****', 'log': 'iban=***** ok'}
    """

    def __init__(
        self,
        keys: Iterable[str] = (),
        patterns: Iterable[re.Pattern[str]] = (),
        *,
        defaults: bool = False,
        mask: str = MASK,
    ) -> None:
        """Choose what is masked.

        Args:
            keys: names of keys; case, `-`, `_` and spaces do not matter.
            patterns: compiled patterns, searched for in every text.
            defaults: mask what `redact=True` masks, too: passwords, tokens, keys, cookies, payment cards.
            mask: what is written instead.

        Raises:
            TypeError: a key is no text, or a pattern is not compiled.
        """
        names = _checked(keys, str, "a name of a key", "text")
        self.patterns: tuple[re.Pattern[str], ...] = _checked(patterns, re.Pattern, "a pattern", "compiled")
        self.mask = mask
        self._names = frozenset(_normal(name) for name in names)
        self._endings = tuple(_normal(name) for name in DEFAULT_KEYS) if defaults else ()
        self._cards = defaults
        self._known: dict[str, bool] = {}
        self._texts = tuple(
            re.compile(f"({names}{_ASSIGN})({_QUOTED}|{value})", re.IGNORECASE)
            for names, value in _groups(names, DEFAULT_KEYS if defaults else ())
        )

    @classmethod
    def of(cls, value: Redaction | bool | Iterable[str | re.Pattern[str]] | None) -> Redaction | None:
        """Return what the `redact` option means: True, names and compiled patterns, a `Redaction`, or nothing.

        Raises:
            TypeError: it is something else.
        """
        if value is None or value is False:
            return None
        if value is True:
            return cls(defaults=True)
        if isinstance(value, Redaction):
            return value
        if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
            raise TypeError(
                "redact takes True, a list of key names and compiled patterns, or a Redaction, "
                f"not {type(value).__name__}"
            )
        items = list(value)
        return cls(
            [item for item in items if not isinstance(item, re.Pattern)],
            [item for item in items if isinstance(item, re.Pattern)],
        )

    def apply(self, value: Any) -> Any:
        """Return JSON-ready data with all that is to be hidden masked; the data itself stays as it is."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {
                key: self.mask if item is not None and self._hides(key) else self.apply(item)
                for key, item in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.apply(item) for item in value]
        if self._cards and isinstance(value, int) and _SHORTEST_CARD <= value < _LONGEST_CARD:
            return self.text(str(value)) if _is_card(str(value)) else value
        return value

    def text(self, text: str) -> str:
        """Return a text with all that is to be hidden masked."""
        for pattern in self._texts:
            text = pattern.sub(rf"\g<1>{_literal(self.mask)}", text)
        if self._cards:
            text = _CARD.sub(lambda match: self.mask if _is_card(match.group()) else match.group(), text)
        for pattern in self.patterns:
            text = pattern.sub(_literal(self.mask), text)
        return text

    def _hides(self, key: Any) -> bool:
        if not isinstance(key, str):
            return False
        known = self._known.get(key)
        if known is None:
            name = _normal(key)
            known = name in self._names or (bool(self._endings) and name.endswith(self._endings))
            if len(self._known) < _REMEMBERED_KEYS:
                self._known[key] = known
        return known


def _checked(values: Iterable[Any], kind: type[Any], what: str, expected: str) -> tuple[Any, ...]:
    values = tuple(values) if not isinstance(values, str) else (values,)
    for value in values:
        if not isinstance(value, kind):
            raise TypeError(f"redact: {what} is {type(value).__name__}, it has to be {expected}")
    return values


def _normal(name: str) -> str:
    return name.lower().translate(_SEPARATORS)


def _groups(exact: tuple[str, ...], endings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return patterns of names, each with a pattern of the bare values that follow them."""
    groups = []
    for is_long, bare in ((True, _LINE), (False, _WORD)):
        names = [rf"(?<![\w-]){_flexible(name)}" for name in exact if _is_long(name) is is_long]
        names += [_flexible(name) for name in endings if _is_long(name) is is_long]
        if names:
            groups.append((f"(?:{'|'.join(names)})", bare))
    return groups


def _is_long(name: str) -> bool:
    return _normal(name).endswith(_LONG_VALUES)


def _flexible(name: str) -> str:
    words = [re.escape(word) for word in re.split(r"[-_ .]+", name) if word]
    return "[-_ .]?".join(words)


def _literal(mask: str) -> str:
    return mask.replace("\\", "\\\\")


def _is_card(text: str) -> bool:
    """Return whether the last digit of a number is the check digit of the others (the Luhn algorithm)."""
    digits = [int(character) for character in text if character.isdigit()]
    doubled = [2 * digit - 9 if digit > 4 else 2 * digit for digit in digits[-2::-2]]  # noqa: PLR2004
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0
