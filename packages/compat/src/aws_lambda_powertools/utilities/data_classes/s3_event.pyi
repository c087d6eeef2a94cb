# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.s3_event import *
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
from lambda_powertools.data_classes.event_bridge_event import EventBridgeEvent as EventBridgeEvent
