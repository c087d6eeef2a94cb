"""What a rule means: the text of a route's path, in which `<name>` stands for a part that the handler is given.

A rule is a regular expression over the whole path, but hardly any rule uses more of it than plain characters, `<name>`
and the dot. Those are taken apart here, so that they are matched without a regular expression, in linear time. Prefixes
are of a router's rules, or such as are cut off a path, as the base path of a custom domain is.
"""

from __future__ import annotations

from lambda_powertools.event_handler.exceptions import InvalidRouteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence
    from typing import Any

_PUNCTUATION = "-._~()'!*:@,;=+&$%<> []{}|^"
_DELETE = str.maketrans("", "", _PUNCTUATION + "_")
_VALUE_CLASS = r"[\w\-._~()'!*:@,;=+&$%<> \[\]{}|^]"

_META = frozenset("\\.^$*+?{[|()<")
"""A rule without any of these is a plain text."""

_EXPRESSION = frozenset("^$*+?[|()")
"""Characters by which only a regular expression means something."""


class Name(str):
    """The name of a dynamic part, among the plain texts of a rule."""

    __slots__ = ()


class AnyCharacter(str):
    """The dot of a rule: it stands for one character, whichever."""

    __slots__ = ()


DOT = AnyCharacter(".")


def is_value(text: str) -> bool:
    """Return whether a dynamic part may hold this text: word characters and the punctuation of a path segment."""
    if text.isalnum():
        return True
    rest = text.translate(_DELETE)
    return (not rest and bool(text)) or rest.isalnum()


class Rule:
    """A rule, taken apart.

    Attributes:
        text: the rule as it was written.
        names: the names of its dynamic parts, in order.
        parts: plain texts, `Name`s and dots in order; None when only a regular expression can say what is meant.
        has_group: whether it captures anything.
        is_catch_all: whether it captures nothing and has a dot with a quantifier, such as `.+`.
        expression: the compiled regular expression of a rule that needs one, else None.
    """

    __slots__ = ("expression", "has_group", "is_catch_all", "names", "parts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.expression: re.Pattern[str] | None = None
        self.is_catch_all = False
        if _META.isdisjoint(text):
            self.parts: list[str] | None = [text]
            self.names: tuple[str, ...] = ()
            self.has_group = False
            return
        self.parts = _split(text)
        if self.parts is not None:
            self.names = tuple(str(part) for part in self.parts if type(part) is Name)
            self.has_group = bool(self.names)
            self._check_names()
        else:
            self.expression = compile_rule(text)
            self.names = tuple(self.expression.groupindex)
            self.has_group = self.expression.groups > 0
            self.is_catch_all = not self.has_group and _has_repeated_dot(text)

    @property
    def is_literal(self) -> bool:
        """Whether it stands for its own text and nothing else."""
        return self.parts is not None and len(self.parts) == 1 and type(self.parts[0]) is str

    @property
    def has_dot(self) -> bool:
        """Whether a dot stands for any character."""
        return self.parts is not None and any(type(part) is AnyCharacter for part in self.parts)

    def _check_names(self) -> None:
        if len(set(self.names)) != len(self.names):
            raise InvalidRouteError(f"rule {self.text!r} has two parts of one name: {', '.join(self.names)}")
        for name in self.names:
            if not name.isidentifier():
                raise InvalidRouteError(f"rule {self.text!r} has a part <{name}>, which is no name for an argument")


_known: dict[str, Rule] = {}
_MOST_KNOWN = 4096


def rule_of(text: str) -> Rule:
    """Return the rule of a text: the same object for equal ones, as several methods and apps often have it.

    Raises:
        InvalidRouteError: it cannot be matched.
    """
    rule = _known.get(text)
    if rule is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        rule = _known[text] = Rule(text)
    return rule


NO_RULE = Rule("")
"""The rule of a route that stands for none."""


def compile_rule(text: str, end: str = "") -> re.Pattern[str]:
    """Return a rule as a regular expression, for `fullmatch`.

    Args:
        text: the rule.
        end: an expression that may follow it.

    Raises:
        InvalidRouteError: it is no regular expression, or has two groups of one name.
    """
    import re

    def group(match: re.Match[str]) -> str:
        # Of adjacent parts the first takes all but one character for each of the others, as it is greedy. Said like
        # that, a path that does not match is found out in one pass.
        follows = match.start() > 0 and text[match.start() - 1] == ">" and _ends_group(text, match.start())
        return f"(?P<{match[1]}>{_VALUE_CLASS}{'' if follows else '+'})"

    expression = re.sub(r"<(\w+)>", group, text)
    try:
        return re.compile(f"(?:{expression}){end}")
    except re.error as error:
        raise InvalidRouteError(f"rule {text!r} is no valid regular expression: {error}") from error


def openapi_path(text: str) -> str:
    """Return a rule as a path template: `/users/<id>` as `/users/{id}`."""
    if "<" not in text:
        return text
    parts = _split(text, escapes=False) or []
    return "".join(f"{{{part}}}" if type(part) is Name else part for part in parts)


def _ends_group(text: str, end: int) -> bool:
    start = text.rfind("<", 0, end)
    return start >= 0 and _is_name(text[start + 1 : end - 1])


def _is_name(text: str) -> bool:
    return bool(text) and text.replace("_", "a").isalnum()


def _split(text: str, *, escapes: bool = True) -> list[str] | None:
    """Return the parts of a rule, None when it means more than plain characters, dots and names.

    Args:
        text: the rule.
        escapes: whether characters mean something; without it only names are found.
    """
    parts: list[str] = []
    plain: list[str] = []
    index, length = 0, len(text)
    while index < length:
        part, index = _part(text, index, escapes=escapes)
        if part is None:
            return None
        if type(part) is str:
            plain.append(part)
            continue
        if plain:
            parts.append("".join(plain))
            plain.clear()
        parts.append(part)
    if plain or not parts:
        parts.append("".join(plain))
    return parts


def _part(text: str, index: int, *, escapes: bool) -> tuple[str | None, int]:
    """Return the part that begins at an index and where the next one does; None for what only an expression means."""
    character = text[index]
    if character == "<":
        end = text.find(">", index)
        if end > 0 and _is_name(text[index + 1 : end]):
            return Name(text[index + 1 : end]), end + 1
    elif escapes and character == ".":
        return DOT, index + 1
    elif escapes and character == "\\":
        escaped = text[index + 1 : index + 2]
        return (None if not escaped or escaped.isalnum() else escaped), index + 2
    elif escapes and (character in _EXPRESSION or (character == "{" and _is_quantifier(text, index + 1))):
        return None, index
    return character, index + 1


def _is_quantifier(text: str, start: int) -> bool:
    """Return whether `{` before `start` repeats what is before it, as `{2}` and `{1,3}` do."""
    end = text.find("}", start)
    return end > start and all(character.isdigit() or character == "," for character in text[start:end])


def _has_repeated_dot(text: str) -> bool:
    in_class = False
    index = 0
    while index < len(text):
        character = text[index]
        if character == "\\":
            index += 1
        elif character == "[" and not in_class:
            in_class = True
            index += 2 if text[index + 1 : index + 2] == "^" else 1  # a bracket may be the first of a class
        elif character == "]":
            in_class = False
        elif character == "." and not in_class:
            after = text[index + 1 : index + 2]
            if after in {"*", "+", "?"} or (after == "{" and _is_quantifier(text, index + 2)):
                return True
        index += 1
    return False


def usable_prefixes(prefixes: Any) -> tuple[Any, ...]:
    """Return the texts and patterns of what was given as prefixes; anything else says nothing."""
    if not isinstance(prefixes, list):
        return ()
    return tuple(prefix for prefix in prefixes if prefix and (isinstance(prefix, str) or hasattr(prefix, "sub")))


def strip_prefix(path: str, prefixes: Sequence[Any]) -> str:
    """Return a path without its prefix: the first text that it begins with, or all that a pattern finds."""
    for prefix in prefixes:
        if isinstance(prefix, str):
            if path == prefix:
                return "/"
            if path.startswith(f"{prefix}/"):
                return path[len(prefix) :]
        else:
            path = prefix.sub("", path)
            if not path:
                return "/"
    return path


def prefixed(rule: str, prefix: str | None) -> str:
    """Return a rule behind a prefix; the rule `/` is the prefix itself."""
    if not prefix:
        return rule
    return prefix if rule == "/" else f"{prefix}{rule}"
