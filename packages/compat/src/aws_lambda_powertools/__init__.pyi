# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.logger import Logger as Logger
from lambda_powertools.metrics import Metrics as Metrics
from lambda_powertools.tracer import Tracer as Tracer
from lambda_powertools.core.package_logger import set_package_logger_handler as set_package_logger_handler
from lambda_powertools.metrics import single_metric as single_metric
from aws_lambda_powertools.shared.version import VERSION as VERSION, __version__ as __version__
