"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class DataMaskingPlugin(Plugin[None]):
    """Erases, encrypts and decrypts sensitive values, with AWS KMS."""

    name = "data_masking"
