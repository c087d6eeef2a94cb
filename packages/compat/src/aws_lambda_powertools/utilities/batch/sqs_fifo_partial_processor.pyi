# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.batch.fifo import *
from lambda_powertools.batch.processors import BatchProcessor as BatchProcessor
from lambda_powertools.batch._sources import EventType as EventType
from lambda_powertools.batch.exceptions import SQSFifoCircuitBreakerError as SQSFifoCircuitBreakerError
from lambda_powertools.batch.exceptions import SQSFifoMessageGroupCircuitBreakerError as SQSFifoMessageGroupCircuitBreakerError
