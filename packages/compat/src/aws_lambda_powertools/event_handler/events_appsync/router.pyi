# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.events_appsync.router import *
from lambda_powertools.event_handler.events_appsync.base import BaseRouter as BaseRouter
from lambda_powertools.event_handler.events_appsync.base import DEFAULT_ROUTE as DEFAULT_ROUTE
