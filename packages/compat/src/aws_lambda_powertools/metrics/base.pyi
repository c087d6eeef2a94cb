# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.metrics import *
from lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider as _AmazonCloudWatchEMFProvider
MetricManager = _AmazonCloudWatchEMFProvider
from lambda_powertools.metrics.provider.cold_start import is_cold_start as is_cold_start
from lambda_powertools.metrics.provider.cold_start import reset_cold_start_flag as reset_cold_start_flag
