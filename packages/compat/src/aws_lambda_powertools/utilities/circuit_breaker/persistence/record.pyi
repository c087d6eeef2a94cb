# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.circuit_breaker.persistence.record import *
from lambda_powertools.circuit_breaker.states import CircuitInfo as CircuitInfo
from lambda_powertools.circuit_breaker.states import CircuitState as CircuitState
