# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.event_source import *
from lambda_powertools.core.middleware import lambda_handler_decorator as lambda_handler_decorator
