# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.metrics.functions import *
from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricResolution as MetricResolution
from lambda_powertools.metrics._errors import MetricResolutionError as MetricResolutionError
from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricUnit as MetricUnit
from lambda_powertools.metrics._errors import MetricUnitError as MetricUnitError
