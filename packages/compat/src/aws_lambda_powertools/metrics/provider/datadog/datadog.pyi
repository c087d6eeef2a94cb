# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.metrics.provider.datadog.datadog import *
from lambda_powertools.metrics.provider.base import BaseProvider as BaseProvider
from lambda_powertools.metrics.provider.datadog.warnings import DatadogDataValidationWarning as DatadogDataValidationWarning
from lambda_powertools.metrics._errors import MetricValueError as MetricValueError
from lambda_powertools.metrics._errors import SchemaValidationError as SchemaValidationError
from lambda_powertools.metrics.functions import is_metrics_disabled as is_metrics_disabled
from datadog_lambda.metric import lambda_metric as lambda_metric
from lambda_powertools.metrics.functions import resolve_cold_start_function_name as resolve_cold_start_function_name
