"""A choir's voices log from threads, each with a key of its own."""

from concurrent.futures import ThreadPoolExecutor

from aws_lambda_powertools import Logger

EVENTS = [{"voices": ["alto", "bass"]}]

logger = Logger(service="choir")


def sing(voice):
    logger.thread_safe_append_keys(voice=voice)
    keys = logger.thread_safe_get_current_keys()
    logger.thread_safe_clear_keys()
    return keys


@logger.inject_lambda_context
def handler(event, context):
    with ThreadPoolExecutor(1) as pool:
        voices = list(pool.map(sing, event["voices"]))
    logger.info("sung")
    return voices
