"""The register of secrets: what was registered is masked wherever it stands."""

from __future__ import annotations

import json
import threading

import pytest

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
    ("secrets", "text", "expected"),
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
def test_registered_values_are_masked(secrets, text, expected):
    """Each value is masked as a whole, also as it stands inside JSON; what is too short to be a secret is not."""
    for secret in secrets:
        register_secret(secret)

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


def test_threads_may_register_and_redact_at_once():
    """A text is either untouched or has its secret masked, never anything else."""
    results = set()

    def work(number):
        for _ in range(50):
            register_secret(f"secret {number}")
            results.add(redact_secrets("x"))
            clear_secrets()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == {"x"}
