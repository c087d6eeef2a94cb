# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.idempotency.persistence.redis import *
from lambda_powertools.idempotency.persistence.cache import CacheClientProtocol as CacheClientProtocol
from lambda_powertools.idempotency.persistence.cache import CacheConnection as CacheConnection
from lambda_powertools.idempotency.persistence.cache import CachePersistenceLayer as CachePersistenceLayer
