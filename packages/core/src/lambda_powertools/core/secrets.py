"""A register of values that must not be shown: whoever fetches a secret adds it, whoever writes text asks for it.

Parameters adds what it fetched as a secret, logger masks it in all it writes, and neither knows of the other.
"""

from __future__ import annotations

import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

MASK = "*****"
MIN_LENGTH = 4
"""Shorter values are not registered: masking every `1` or `no` would destroy what is written and hide nothing."""

MAX_SECRETS = 4096
"""Bound of the register; beyond it the oldest value is forgotten."""

_lock = threading.Lock()
_secrets: dict[str, None] = {}
_pattern: re.Pattern[str] | None = None


def register_secret(value: str) -> None:
    """Add a value to be masked by `redact_secrets` from now on, wherever it stands in a text.

    Example:
        >>> register_secret("correct horse battery")
        >>> redact_secrets("logging in with correct horse battery")
        'logging in with *****'
    """
    global _pattern  # one register for the process, that is its purpose
    if len(value) < MIN_LENGTH:
        return
    with _lock:
        _secrets.pop(value, None)
        _secrets[value] = None
        if len(_secrets) > MAX_SECRETS:
            del _secrets[next(iter(_secrets))]
        _pattern = None


def redact_secrets(text: str) -> str:
    """Return the text with every registered secret replaced by `MASK`; the text itself when there is none."""
    global _pattern  # compiled once for each state of the register
    if not _secrets:
        return text
    pattern = _pattern
    if pattern is None:
        with _lock:
            if not _secrets:
                return text
            pattern = _pattern = _compile()
    return pattern.sub(MASK, text)


def has_secrets() -> bool:
    """Return whether anything is registered."""
    return bool(_secrets)


def clear_secrets() -> None:
    """Forget all values, for tests."""
    global _pattern
    with _lock:
        _secrets.clear()
        _pattern = None


def _compile() -> re.Pattern[str]:
    import json
    import re

    # A secret is also looked for as it stands inside a JSON text, where quotes and some characters are escaped.
    forms = {
        form
        for value in _secrets
        for form in (value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])
    }
    # Longest first: a secret that contains another is masked as a whole.
    return re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)))
