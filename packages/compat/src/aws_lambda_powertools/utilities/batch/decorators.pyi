# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.batch.decorators import *
from lambda_powertools.batch.processors import AsyncBatchProcessor as AsyncBatchProcessor
from lambda_powertools.batch.partial import BasePartialBatchProcessor as BasePartialBatchProcessor
from lambda_powertools.batch.functions import async_process_partial_response as async_process_partial_response
from lambda_powertools.core.middleware import lambda_handler_decorator as lambda_handler_decorator
from lambda_powertools.batch.functions import process_partial_response as process_partial_response
