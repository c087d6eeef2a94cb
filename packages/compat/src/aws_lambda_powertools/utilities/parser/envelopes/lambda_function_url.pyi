# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.lambda_function_url import *
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.models.lambda_function_url import LambdaFunctionUrlModel as LambdaFunctionUrlModel
