"""An order service of four functions. What is around each handler (logs, metrics, traces) is one decorator.

- `place_order` answers POST /orders of an API Gateway HTTP API.
- `handler` answers all paths of that API: `powertools serve app:handler`.
- `charge_orders` takes payments from an SQS queue; declined ones go back to the queue.
- `reserve_stock` asks all warehouses at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

if __package__:  # served from the repository's root: `powertools serve examples.orders.app:handler`
    sys.path.append(str(Path(__file__).parent))

from payments import PaymentDeclinedError, charge
from warehouses import WAREHOUSES, free_units

from lambda_powertools.core import powertools
from lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from lambda_powertools.event_handler.exceptions import NotFoundError
from lambda_powertools.logger import Logger
from lambda_powertools.metrics import Metrics, MetricUnit
from lambda_powertools.tracer import Tracer

logger = Logger()
metrics = Metrics()
tracer = Tracer()

PRICES = {"espresso-beans": 14.90, "filter-papers": 3.20, "grinder": 189.00}
REBATE_FROM, REBATE = 100, 0.05


class InvalidOrderError(ValueError):
    """The customer asked for something that we cannot sell."""


# --- POST /orders -----------------------------------------------------------------------------------------------------


@powertools
def place_order(event: dict[str, Any], context: object) -> dict[str, Any]:
    order = json.loads(event["body"])
    order_id = f"order-{event['requestContext']['requestId']}"
    logger.append_keys(order_id=order_id, customer=order["customer"])
    metrics.add_dimension("channel", "web")
    try:
        total = calculate_price(order["items"])
    except InvalidOrderError as error:
        logger.warning("order rejected", reason=str(error))
        metrics.add_metric("OrderRejected", MetricUnit.Count, 1)
        return respond(422, {"message": str(error)})
    logger.info("order placed", items=len(order["items"]), total=total)
    metrics.add_metric("OrderPlaced", MetricUnit.Count, 1)
    metrics.add_metric("OrderValue", MetricUnit.NoUnit, total)
    return respond(201, {"orderId": order_id, "total": total})


@tracer.capture_method
def calculate_price(items: list[dict[str, Any]]) -> float:
    for item in items:
        if item["sku"] not in PRICES:
            raise InvalidOrderError(f"we do not sell {item['sku']}")
        if item["quantity"] < 1:
            raise InvalidOrderError(f"{item['quantity']} pieces of {item['sku']} cannot be ordered")
    total = sum(PRICES[item["sku"]] * item["quantity"] for item in items)
    tracer.put_annotation("items", len(items))
    return round(total * (1 - REBATE) if total >= REBATE_FROM else total, 2)


def respond(status: int, body: dict[str, Any]) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}


# --- the whole API ----------------------------------------------------------------------------------------------------

app = APIGatewayHttpResolver()


@app.get("/prices")
def list_prices() -> dict[str, float]:
    return PRICES


@app.get("/prices/<sku>")
def show_price(sku: str) -> dict[str, Any]:
    if sku not in PRICES:
        raise NotFoundError(f"we do not sell {sku}")
    return {"sku": sku, "price": PRICES[sku]}


@app.post("/orders")
def order() -> Response:
    answer = place_order(app.current_event.raw_event, app.lambda_context)
    return Response(answer["statusCode"], "application/json", answer["body"])


@powertools
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return app.resolve(event, context)


# --- the queue of payments --------------------------------------------------------------------------------------------


@powertools
def charge_orders(event: dict[str, Any], context: object) -> dict[str, Any]:
    failed = []
    for record in event["Records"]:
        order = json.loads(record["body"])
        with logger.append_context_keys(order_id=order["orderId"], message_id=record["messageId"]):
            try:
                receipt = take_payment(order["orderId"], order["amount"], order["card"])
            except PaymentDeclinedError:
                logger.exception("payment declined")
                metrics.add_metric("PaymentDeclined", MetricUnit.Count, 1)
                failed.append({"itemIdentifier": record["messageId"]})
            else:
                logger.info("payment taken", receipt=receipt, amount=order["amount"])
                metrics.add_metric("Revenue", MetricUnit.NoUnit, order["amount"])
    return {"batchItemFailures": failed}


@tracer.capture_method
def take_payment(order_id: str, amount: float, card: str) -> str:
    tracer.put_annotation("order_id", order_id)
    return charge(amount, card)


# --- stock, from all warehouses at once -------------------------------------------------------------------------------


@powertools
async def reserve_stock(event: dict[str, Any], context: object) -> dict[str, int]:
    sku = event["detail"]["sku"]
    found = await asyncio.gather(*(ask_warehouse(name, sku) for name in WAREHOUSES))
    stock = dict(zip(WAREHOUSES, found, strict=True))
    logger.info("stock counted", sku=sku, stock=stock)
    metrics.add_dimension("sku", sku)
    metrics.add_metric("UnitsInStock", MetricUnit.Count, sum(found))
    return stock


@tracer.capture_method
async def ask_warehouse(name: str, sku: str) -> int:
    tracer.put_annotation("warehouse", name)
    return await free_units(name, sku)
