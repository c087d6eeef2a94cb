# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parameters.dynamodb import *
from lambda_powertools.parameters.base import BaseProvider as BaseProvider
