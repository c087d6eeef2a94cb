# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.core.middleware import *
from lambda_powertools.core.exceptions import MiddlewareInvalidArgumentError as MiddlewareInvalidArgumentError
