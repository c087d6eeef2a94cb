# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.apigwv2 import *
from lambda_powertools.parser.models.apigwv2 import APIGatewayProxyEventV2Model as APIGatewayProxyEventV2Model
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
