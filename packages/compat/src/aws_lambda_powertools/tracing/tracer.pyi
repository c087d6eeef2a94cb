# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.tracer.tracer import *
from aws_lambda_powertools._kept.tracing_tracer import aws_xray_sdk as aws_xray_sdk
from aws_lambda_powertools._kept.tracing_tracer import is_cold_start as is_cold_start
from lambda_powertools.tracer.names import sanitize_xray_segment_name as sanitize_xray_segment_name
