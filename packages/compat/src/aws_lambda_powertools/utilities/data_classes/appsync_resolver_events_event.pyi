# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.appsync_resolver_events_event import *
from lambda_powertools.data_classes.appsync_resolver_event import AppSyncEventBase as AppSyncEventBase
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
