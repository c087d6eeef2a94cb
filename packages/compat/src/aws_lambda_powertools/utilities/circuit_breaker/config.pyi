# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.circuit_breaker.config import *
from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerConfigError as CircuitBreakerConfigError
