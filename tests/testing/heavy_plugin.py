"""A plugin whose import loads what only its use would need."""

from __future__ import annotations

import asyncio

from lambda_powertools.core import Plugin, hookimpl


class HeavyPlugin(Plugin[None]):
    name = "heavy"

    @hookimpl
    def after_invoke(self, invocation):
        self.lock = asyncio.Lock
