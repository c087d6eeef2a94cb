# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.bedrock_agent_event import *
from lambda_powertools.data_classes._proxy import BaseProxyEvent as BaseProxyEvent
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
