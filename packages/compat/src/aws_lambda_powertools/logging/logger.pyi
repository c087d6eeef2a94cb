# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.logger.logger import *
from aws_lambda_powertools._kept.logging_logger import is_cold_start as is_cold_start
from lambda_powertools.logger import set_package_logger as set_package_logger
