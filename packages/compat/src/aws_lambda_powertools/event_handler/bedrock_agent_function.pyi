# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.bedrock_agent_function import *
from lambda_powertools.data_classes.bedrock_agent_function_event import BedrockAgentFunctionEvent as BedrockAgentFunctionEvent
