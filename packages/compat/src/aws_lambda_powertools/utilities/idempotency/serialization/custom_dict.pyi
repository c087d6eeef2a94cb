# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.idempotency.serialization.custom_dict import *
from lambda_powertools.idempotency.serialization.base import BaseIdempotencySerializer as BaseIdempotencySerializer
