# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import *
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import MAX_METRICS as MAX_METRICS
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import MAX_METRIC_NAME_LENGTH as MAX_METRIC_NAME_LENGTH
from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricResolution as MetricResolution
from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricUnit as MetricUnit
from lambda_powertools.metrics.functions import convert_timestamp_to_emf_format as convert_timestamp_to_emf_format
from lambda_powertools.metrics.functions import is_metrics_disabled as is_metrics_disabled
from lambda_powertools.metrics.functions import validate_emf_timestamp as validate_emf_timestamp
