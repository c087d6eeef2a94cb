"""Stands in for the warehouses' services."""

from __future__ import annotations

import asyncio

WAREHOUSES = {"berlin": 0.03, "lyon": 0.02, "porto": 0.04}
"""Name and answering time in seconds."""


async def free_units(warehouse: str, sku: str) -> int:
    await asyncio.sleep(WAREHOUSES[warehouse])
    return len(sku) * len(warehouse)
