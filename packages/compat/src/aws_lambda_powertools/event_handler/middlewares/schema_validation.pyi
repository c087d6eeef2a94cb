# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.middlewares.schema_validation import *
from lambda_powertools.event_handler.exceptions import BadRequestError as BadRequestError
from lambda_powertools.event_handler.middlewares.base import BaseMiddlewareHandler as BaseMiddlewareHandler
from lambda_powertools.event_handler.exceptions import InternalServerError as InternalServerError
from lambda_powertools.event_handler.middlewares.base import NextMiddleware as NextMiddleware
