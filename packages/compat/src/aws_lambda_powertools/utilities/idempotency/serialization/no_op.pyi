# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.idempotency.serialization.no_op import *
from lambda_powertools.idempotency.serialization.base import BaseIdempotencySerializer as BaseIdempotencySerializer
