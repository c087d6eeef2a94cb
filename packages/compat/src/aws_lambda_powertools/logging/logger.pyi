# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.logger.logger import *
from lambda_powertools.logger.formatter import BasePowertoolsFormatter as BasePowertoolsFormatter
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter as LambdaPowertoolsFormatter
from lambda_powertools.logger._uncaught import log_uncaught_exception_hook as log_uncaught_exception_hook
from aws_lambda_powertools._kept.logging_logger import is_cold_start as is_cold_start
from lambda_powertools.logger import set_package_logger as set_package_logger
