# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.models.kinesis import *
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsDecode as CloudWatchLogsDecode
