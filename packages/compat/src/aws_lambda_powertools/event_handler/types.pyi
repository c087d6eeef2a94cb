# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.types import *
from lambda_powertools.event_handler._resolver import ApiGatewayResolver as ApiGatewayResolver
