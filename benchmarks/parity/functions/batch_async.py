"""A bell ringer rings many bells at once."""

import asyncio

from events import sqs

from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType, async_process_partial_response

EVENTS = [sqs({"bell": 1}, {"bell": 2}, {"crack": 3})]

processor = AsyncBatchProcessor(event_type=EventType.SQS)
rung = []


async def record_handler(record):
    await asyncio.sleep(0)
    rung.append(record.json_body["bell"])


def handler(event, context):
    response = async_process_partial_response(
        event=event, record_handler=record_handler, processor=processor, context=context
    )
    return {**response, "rung": sorted(rung)}
