"""Functions of an SQS queue: messages whose body says so fail."""

from __future__ import annotations

import asyncio

from lambda_powertools.batch import BatchProcessor, EventType, batch_handler, process_partial_response
from lambda_powertools.core import powertools
from lambda_powertools.logger import Logger

logger = Logger()
processor = BatchProcessor(EventType.SQS)


def work(record, lambda_context):
    logger.info("working", record_id=record.message_id, request=lambda_context.aws_request_id)
    if record.body == "fail":
        raise ValueError("the body says so")


@powertools(batch={"record_handler": work, "type": "sqs"})
def with_plugin(event, context):
    logger.info("after the batch")


@powertools
def by_function(event, context):
    return process_partial_response(event, work, processor, context)


@powertools
@batch_handler
async def bare(record):
    await asyncio.sleep(0.01)
    if record.body == "fail":
        raise ValueError("the body says so")


def slow(record):
    import time

    time.sleep(0.4)


@powertools(batch={"record_handler": slow, "type": "sqs"})
def slow_worker(event, context):
    pass
