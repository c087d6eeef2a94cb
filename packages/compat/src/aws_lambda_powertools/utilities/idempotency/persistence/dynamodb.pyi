# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.idempotency.persistence.dynamodb import *
from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer as BasePersistenceLayer
from lambda_powertools.idempotency.persistence.datarecord import DataRecord as DataRecord
from lambda_powertools.idempotency.exceptions import IdempotencyItemAlreadyExistsError as IdempotencyItemAlreadyExistsError
from lambda_powertools.idempotency.exceptions import IdempotencyItemNotFoundError as IdempotencyItemNotFoundError
