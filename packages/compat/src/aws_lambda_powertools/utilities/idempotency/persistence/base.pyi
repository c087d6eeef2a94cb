# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.idempotency.persistence.base import *
from lambda_powertools.idempotency.exceptions import IdempotencyItemAlreadyExistsError as IdempotencyItemAlreadyExistsError
from lambda_powertools.idempotency.exceptions import IdempotencyKeyError as IdempotencyKeyError
from lambda_powertools.idempotency.exceptions import IdempotencyValidationError as IdempotencyValidationError
