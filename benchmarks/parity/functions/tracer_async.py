"""A kitchen cooks dishes at once; each is a subsegment."""

import asyncio
import contextlib

from aws_lambda_powertools import Tracer

EVENTS = [{"dishes": ["soup", "pie"]}]

tracer = Tracer(service="kitchen")


@tracer.capture_method
async def cook(dish):
    await asyncio.sleep(0)
    return dish.upper()


@tracer.capture_method
def courses(dishes):
    yield from dishes


@tracer.capture_method
@contextlib.contextmanager
def table():
    yield "laid"


async def serve(dishes):
    return [await cook(dish) for dish in dishes]


@tracer.capture_lambda_handler
def handler(event, context):
    with table() as state:
        return {"table": state, "dishes": asyncio.run(serve(courses(event["dishes"])))}
