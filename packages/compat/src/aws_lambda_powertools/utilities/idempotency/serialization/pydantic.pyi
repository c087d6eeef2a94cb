# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.idempotency.serialization.pydantic import *
from lambda_powertools.idempotency.serialization.base import BaseIdempotencyModelSerializer as BaseIdempotencyModelSerializer
from lambda_powertools.idempotency.serialization.base import BaseIdempotencySerializer as BaseIdempotencySerializer
from lambda_powertools.idempotency.exceptions import IdempotencyModelTypeError as IdempotencyModelTypeError
