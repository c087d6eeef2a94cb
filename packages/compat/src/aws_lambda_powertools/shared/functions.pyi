# Made by `hatch run compat-stubs`: change the table of migrations instead.
from aws_lambda_powertools._kept.shared_functions import *
from lambda_powertools.core.trace_id import trace_id as _trace_id
get_tracer_id = _trace_id
from lambda_powertools.core.typing import is_durable_context as is_durable_context
from lambda_powertools.core.json import plain as _plain
extract_event_from_common_models = _plain
from lambda_powertools.tracer.names import sanitize_xray_segment_name as sanitize_xray_segment_name
