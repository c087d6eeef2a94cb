# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.batch.base import *
from lambda_powertools.batch import AsyncBatchProcessor as AsyncBatchProcessor
from lambda_powertools.batch import BasePartialBatchProcessor as BasePartialBatchProcessor
from lambda_powertools.batch.exceptions import BatchProcessingError as BatchProcessingError
from lambda_powertools.batch import BatchProcessor as BatchProcessor
from lambda_powertools.batch import EventType as EventType
