# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.cloud_watch_logs_event import *
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
