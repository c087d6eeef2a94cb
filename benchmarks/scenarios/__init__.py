"""What is measured, one file each, in the order of the report.

A scenario is a module with `TITLE`, `WHAT` (one sentence), `FRESH`, `GOAL` and a function for each variant.

- `FRESH = True`: what one call of the function costs in a process that has done nothing before.
- `FRESH = False`: what the callable that the function returns costs, called over and over.
- `GOAL`: `("ratio", x)`: ours by the original; `("seconds", x)`: ours alone; `("overhead", x)`: ours less the floor;
  `("growth", x)`: ours by the floor, which is ours as well there.
- `PACKAGES`: the packages beside core that it needs. They are installed apart: others measure what a function pays that
  has logger, metrics and tracer, and nothing else.
- `GOAL = None`: the ratio is shown, and nothing is claimed of it.
- `ENVIRONMENT`: variables beside those of every function.
- `surroundings(quick=…)`: a context manager that gives further variables, such as the address of a server it runs.
- `MAX_ROUNDS`: processes for each variant, where a call takes long.

Nothing is imported at the top of a fresh scenario: it would be missing from what is measured.
"""

NAMES = (
    "cold_start",
    "cold_start_untraced",
    "first_invocation",
    "first_invocation_untraced",
    "discovery",
    "warm_invocation",
    "warm_invocation_untraced",
    "cold_start_opentelemetry",
    "first_opentelemetry",
    "warm_opentelemetry",
    "warm_opentelemetry_unsent",
    "log_line",
    "disabled_debug",
    "one_metric",
    "many_metrics",
    "core_overhead",
    "import_compat",
    "import_resolver",
    "one_route",
    "last_static_route",
    "last_dynamic_route",
    "route_growth",
    "build_app",
    "appsync_field",
    "appsync_batch_of_100",
    "appsync_async_batch_of_100",
    "bedrock_function",
    "bedrock_action",
    "validated_post",
    "openapi_document",
    "data_class_property",
    "import_idempotency",
    "import_parameters",
    "import_feature_flags",
    "idempotent_call",
    "flag_evaluation",
    "parameter_cache_hit",
    "import_parse",
    "sqs_envelope",
    "import_batch",
    "batch_of_1000",
    "validate",
    "validate_overhead",
    "import_data_masking",
    "erase_fields",
    "stream_gzip_lines",
    "import_auth",
    "verify_token",
)
