"""Modules used by their dotted names, and by aliases."""

import aws_lambda_powertools.logging.correlation_paths
import aws_lambda_powertools.metrics as measuring
import aws_lambda_powertools.utilities.parser.models as event_models
from aws_lambda_powertools import logging as powertools_logging
from aws_lambda_powertools.utilities import jmespath_utils, validation

EVENTS = [{"name": "dots", "n": 1}, {"name": 3, "n": 1}]

logger = powertools_logging.Logger(service="dotted")
metrics = measuring.Metrics(namespace="Dots", service="dotted")


@metrics.log_metrics
@logger.inject_lambda_context(correlation_id_path="name")
def handler(event, context):
    logger.info(aws_lambda_powertools.logging.correlation_paths.EVENT_BRIDGE)
    try:
        validation.validate(event=event, schema={"type": "object", "properties": {"name": {"type": "string"}}})
    except validation.SchemaValidationError as error:
        return type(error).__name__
    metrics.add_metric("N", measuring.MetricUnit.Count, jmespath_utils.query(event, "n"))
    return event_models.SqsModel.__name__
