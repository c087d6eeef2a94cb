# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.core import lambda_handler_decorator as lambda_handler_decorator
