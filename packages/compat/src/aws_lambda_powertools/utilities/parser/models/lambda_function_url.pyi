# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.models.lambda_function_url import *
from lambda_powertools.parser.models.apigwv2 import APIGatewayProxyEventV2Model as APIGatewayProxyEventV2Model
