# Made by `hatch run compat-stubs`: change the table of migrations instead.
from aws_lambda_powertools._kept.shared_functions import *
from lambda_powertools.data_classes.shared_functions import base64_decode as base64_decode
from lambda_powertools.core.json import plain as extract_event_from_common_models
from lambda_powertools.tracer.names import sanitize_xray_segment_name as sanitize_xray_segment_name
