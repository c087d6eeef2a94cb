"""A cartographer opens subsegments with the provider itself."""

from aws_lambda_powertools import Tracer

EVENTS = [{"sheet": 12}]

tracer = Tracer(service="maps", auto_patch=False)


@tracer.capture_lambda_handler
def handler(event, context):
    with tracer.provider.in_subsegment("## draw") as subsegment:
        subsegment.put_annotation("sheet", event["sheet"])
        subsegment.put_metadata("scale", "1:25000", "maps")
    return tracer.service
