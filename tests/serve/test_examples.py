from __future__ import annotations

import os
from pathlib import Path

import pytest
from serve_support.server import Server

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def orders():
    """The order service, served from the repository's root as `examples/README.md` says."""
    settings = {"POWERTOOLS_METRICS_NAMESPACE": "Shop", "POWERTOOLS_SERVICE_NAME": "orders"}
    server = Server(["examples.orders.app:handler"], ROOT, {**os.environ, **settings})
    yield server
    server.close()


def test_the_order_service_answers(orders):
    """Prices can be looked up, orders are placed or refused, and each line of the log names its route."""
    prices = orders.get("/prices").json()
    placed = orders.post("/orders", json={"customer": "ada", "items": [{"sku": "grinder", "quantity": 1}]})
    refused = orders.post("/orders", json={"customer": "ada", "items": [{"sku": "tea", "quantity": 1}]})

    assert prices["grinder"] == 189.0
    assert (placed.status_code, placed.json()["total"]) == (201, 179.55)
    assert (refused.status_code, refused.json()) == (422, {"message": "we do not sell tea"})
    assert orders.get("/prices/tea").status_code == 404
    assert "route=/orders" in orders.wait_for("POST /orders 201")
