# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.kafka_event import *
from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict as CaseInsensitiveDict
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
