# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.circuit_breaker.base import *
from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerOpenError as CircuitBreakerOpenError
from lambda_powertools.circuit_breaker.states import CircuitTransition as CircuitTransition
