"""A function as its author writes it: the three public objects, one decorator."""

from __future__ import annotations

import asyncio
import time

from lambda_powertools.core import powertools
from lambda_powertools.logger import Logger
from lambda_powertools.metrics import Metrics, MetricUnit
from lambda_powertools.tracer import Tracer

logger = Logger()
metrics = Metrics()
tracer = Tracer()


class PaymentDeclinedError(Exception):
    """The customer's bank said no."""


@tracer.capture_method
def price(quantity: int) -> int:
    tracer.put_annotation("quantity", quantity)
    return quantity * 5


@tracer.capture_method
async def reserve(item: str) -> str:
    await asyncio.sleep(0.01)
    await confirm(item)
    return item


@tracer.capture_method
async def confirm(item: str) -> None:
    tracer.put_annotation("item", item)
    await asyncio.sleep(0.01)


def answer(event, context):
    logger.append_keys(order=event["order"])
    total = price(event.get("quantity", 1))
    logger.info("order placed", total=total, tenant=context.tenant_id)
    metrics.add_dimension("order", event["order"])
    metrics.add_metadata("tenant", context.tenant_id)
    metrics.add_metric("OrderPlaced", MetricUnit.Count, 1)
    metrics.add_metric("Total", MetricUnit.NoUnit, total)
    if event.get("decline"):
        raise PaymentDeclinedError(f"card of order {event['order']} declined")
    return {
        "order": event["order"],
        "total": total,
        "request": context.aws_request_id,
        "tenant": context.tenant_id,
        "keys": logger.get_current_keys().get("left"),
    }


place_order = powertools(answer)


@powertools
def leave_keys(event, context):
    """Leaves behind what the next invocation must not see."""
    if event.get("leave"):
        logger.append_keys(left="key")
        logger.thread_safe_append_keys(left_in_thread="key")
        logger.set_correlation_id("left")
        metrics.add_dimension("left", "dimension")
        metrics.add_metadata("left_metadata", "metadata")
        tracer.put_annotation("left", "annotation")
        return "left"
    logger.info("clean")
    metrics.add_metric("Clean", MetricUnit.Count, 1)
    return "clean"


@powertools
def fail(event, context):
    raise PaymentDeclinedError(f"card of order {event['order']} declined")


def fail_undecorated(event, context):
    raise PaymentDeclinedError(f"card of order {event['order']} declined")


@powertools
def sleep(event, context):
    logger.info("going to sleep", seconds=event["seconds"])
    time.sleep(event["seconds"])
    logger.info("awake")
    return "awake"


@powertools
async def reserve_all(event, context):
    items = await asyncio.gather(*(reserve(item) for item in event["items"]))
    logger.info("reserved", count=len(items))
    metrics.add_metric("Reserved", MetricUnit.Count, len(items))
    return items


@powertools
def meet(event, context):
    """Waits long enough for invocations of other environments to run at the same time."""
    logger.append_keys(order=event["order"])
    logger.info("arrived")
    time.sleep(0.05)
    return answer(event, context)
