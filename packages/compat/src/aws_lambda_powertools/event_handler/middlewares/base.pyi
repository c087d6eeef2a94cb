# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.middlewares.base import *
from lambda_powertools.event_handler.types import EventHandlerInstance as EventHandlerInstance
