# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.s3_batch_operation_event import *
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
