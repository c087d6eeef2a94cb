# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.cloudwatch import *
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsModel as CloudWatchLogsModel
