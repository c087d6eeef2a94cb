# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.openapi.types import *
from aws_lambda_powertools._kept.event_handler_openapi_types import OpenAPIResponseHeader as OpenAPIResponseHeader
