# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.lambda_function_url_event import *
from lambda_powertools.data_classes.api_gateway_proxy_event import APIGatewayProxyEventV2 as APIGatewayProxyEventV2
