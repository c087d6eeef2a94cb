# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.circuit_breaker.persistence.base import *
from lambda_powertools.circuit_breaker.states import CircuitState as CircuitState
from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord as CircuitStateRecord
