# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.openapi.config import *
from lambda_powertools.event_handler.openapi.constants import DEFAULT_API_VERSION as DEFAULT_API_VERSION
from lambda_powertools.event_handler.openapi.constants import DEFAULT_OPENAPI_TITLE as DEFAULT_OPENAPI_TITLE
from lambda_powertools.event_handler.openapi.constants import DEFAULT_OPENAPI_VERSION as DEFAULT_OPENAPI_VERSION
