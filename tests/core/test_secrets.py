"""The register of secrets: what was registered is masked wherever it stands."""

from __future__ import annotations

import json

import pytest

from lambda_powertools.core import secrets
from lambda_powertools.core.secrets import (
    MASK,
    MAX_SECRETS,
    clear_secrets,
    has_secrets,
    redact_secrets,
    register_secret,
)


@pytest.fixture(autouse=True)
def empty_register():
    """Nothing is registered before and after a test."""
    clear_secrets()
    yield
    clear_secrets()


def test_nothing_is_masked_while_nothing_is_registered():
    """Without secrets the text itself comes back."""
    text = "nothing to hide"

    assert redact_secrets(text) is text
    assert not has_secrets()


@pytest.mark.parametrize(
    ("values", "text", "expected"),
    [
        (["hunter2"], "the word is hunter2, twice hunter2", f"the word is {MASK}, twice {MASK}"),
        (["hunter2"], "nothing here", "nothing here"),
        (["a.b*c"], "axb*c a.b*c", f"axb*c {MASK}"),
        (["abcd", "abcdef"], "abcdef abcd", f"{MASK} {MASK}"),
        (['say "hi"'], json.dumps({"key": 'say "hi"'}), f'{{"key": "{MASK}"}}'),
        (["pässword"], json.dumps(["pässword"]), f'["{MASK}"]'),
        (["pässword"], json.dumps(["pässword"], ensure_ascii=False), f'["{MASK}"]'),
        (["two\nlines"], "two\nlines", MASK),
        (["no", "abc"], "no abc", "no abc"),
        ([""], "", ""),
    ],
)
def test_registered_values_are_masked(values, text, expected):
    """Each value is masked as a whole, also as it stands inside JSON; what is too short to be a secret is not."""
    for value in values:
        register_secret(value)

    assert redact_secrets(text) == expected


def test_a_later_secret_is_masked_as_well():
    """Values may be registered at any time."""
    register_secret("first secret")
    redact_secrets("first secret")
    register_secret("second secret")

    assert redact_secrets("first secret, second secret") == f"{MASK}, {MASK}"
    assert has_secrets()


def test_the_register_forgets_the_oldest():
    """The register is bounded; a value that is registered again is the newest."""
    register_secret("kept secret")
    register_secret("old secret")
    register_secret("kept secret")
    for number in range(MAX_SECRETS - 1):
        register_secret(f"secret {number:06}")

    assert redact_secrets("old secret, kept secret") == f"old secret, {MASK}"


def test_a_register_that_is_emptied_meanwhile_masks_nothing(monkeypatch):
    """Between the look at the register and its lock another thread may empty it: the text stays whole."""

    class EmptyingLock:
        def __enter__(self):
            secrets._secrets.clear()

        def __exit__(self, *_): ...

    register_secret("hunter2")
    monkeypatch.setattr(secrets, "_lock", EmptyingLock())

    assert redact_secrets("a text") == "a text"
