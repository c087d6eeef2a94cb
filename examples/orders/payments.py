"""Stands in for the payment provider. What it does depends on the card alone, the same each time."""

from __future__ import annotations

import time
from hashlib import sha256


class PaymentDeclinedError(Exception):
    """The customer's bank said no."""


class PaymentProviderError(Exception):
    """The provider itself does not work."""


def charge(amount: float, card: str) -> str:
    time.sleep(0.01)  # the network
    if card.endswith("0002"):
        raise PaymentDeclinedError(f"the bank declined {amount:.2f} EUR on the card ending in {card[-4:]}")
    if card.endswith("0119"):
        raise PaymentProviderError("the payment provider answered 503")
    return f"receipt-{sha256(f'{card}{amount}'.encode()).hexdigest()[:12]}"
