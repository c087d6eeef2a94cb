# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.api_gateway_authorizer_event import *
from lambda_powertools.data_classes._request_context import BaseRequestContext as BaseRequestContext
from lambda_powertools.data_classes._request_context import BaseRequestContextV2 as BaseRequestContextV2
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
