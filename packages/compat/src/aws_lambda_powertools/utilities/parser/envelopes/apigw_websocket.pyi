# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.apigw_websocket import *
from lambda_powertools.parser.models.apigw_websocket import APIGatewayWebSocketMessageEventModel as APIGatewayWebSocketMessageEventModel
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
