# Made by `hatch run compat-stubs`: change the table of migrations instead.
from aws_lambda_powertools._kept.shared_types import *
from lambda_powertools.core.typing import LambdaHandler as LambdaHandler
