# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.apigw import *
from lambda_powertools.parser.models.apigw import APIGatewayProxyEventModel as APIGatewayProxyEventModel
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
