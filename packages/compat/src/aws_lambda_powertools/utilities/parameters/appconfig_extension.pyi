# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parameters.appconfig_extension import *
from lambda_powertools.parameters.base import BaseProvider as BaseProvider
from lambda_powertools.parameters.exceptions import GetParameterError as GetParameterError
