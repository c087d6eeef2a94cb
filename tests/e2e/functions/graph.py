"""The functions behind a GraphQL API and its channels."""

from __future__ import annotations

import asyncio

from lambda_powertools.core import powertools
from lambda_powertools.event_handler import AppSyncEventsResolver, AppSyncResolver
from lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException
from lambda_powertools.logger import Logger, correlation_paths

logger = Logger()
graphql = AppSyncResolver()
channels = AppSyncEventsResolver()


@graphql.resolver("Mutation", "createSomething")
async def create(**arguments):
    await asyncio.sleep(0.01)
    logger.info("creating", arguments=arguments)
    return {**arguments, "by": graphql.current_event.identity.username, "left": graphql.context.get("left")}


@graphql.resolver("Query", "broken")
def fail():
    graphql.append_context(left="over")
    raise RuntimeError("the shelf fell down")


@graphql.async_batch_resolver("Order", "owner", aggregate=False)
async def owner(event, size):
    await asyncio.sleep(0.01)
    if event.source["id"] % 40 == 19:
        raise ValueError("no owner")
    return {"owner": event.source["id"], "size": size}


@channels.on_publish("/orders/*")
def stamp(payload):
    logger.info("published")
    if "order" not in payload:
        raise ValueError("no order")
    return {**payload, "seen": True}


@channels.async_on_publish("/all/*", aggregate=True)
async def take_all(payload):
    await asyncio.sleep(0.01)
    return payload[:1]


@channels.on_subscribe("/orders/*")
async def check():
    await asyncio.sleep(0.01)
    if channels.current_event.identity.username != "jdoe":
        raise UnauthorizedException("not your orders")


@powertools(event_handler=graphql, logger={"correlation_id_path": correlation_paths.APPSYNC_RESOLVER})
def fields(event, context):
    return "no event of AppSync"


@powertools
def fields_by_function(event, context):
    return graphql.resolve_async(event, context)


@powertools(event_handler=channels)
def events(event, context):
    return "no event of AppSync"


bare_events = channels
