# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.bedrock_agent import *
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentEventModel as BedrockAgentEventModel
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentFunctionEventModel as BedrockAgentFunctionEventModel
