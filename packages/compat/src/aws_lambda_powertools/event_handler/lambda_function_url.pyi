# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.lambda_function_url import *
from lambda_powertools.event_handler._sources import ProxyEventType as ProxyEventType
