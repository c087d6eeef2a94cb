"""Where each import path of `aws_lambda_powertools` has gone: the one table that everything about migration reads.

- `MODULES`: old module -> new module, whose names are the same. Names that moved elsewhere are in `NAMES`.
- `NAMES`: `old.module:Name` -> `new.module:Name`, one that moved to another module or is called differently.
- `KEPT`: old module or `old.module:Name` -> what to write instead, of what has no new home: the distribution
  lambda-powertools-compat has it at its old path, and only there.
- `GONE`: old module or `old.module:Name` -> what to write instead, of what nothing answers. A module's entry covers
  everything below it.
- `DISTRIBUTIONS`: new module, and what is below it -> the distribution to install.

The import paths of lambda-powertools-compat and their types are generated from it (`hatch run compat-stubs`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OLD = "aws_lambda_powertools"
"""The package whose paths are answered."""


def _same(old: str, new: str, tails: str) -> dict[str, str]:
    """Return entries of a package and of modules below it whose names are the same in both."""
    return {f"{OLD}.{old}": new, **{f"{OLD}.{old}.{tail}": f"{new}.{tail}" for tail in tails.split()}}


def _names(old: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return entries of names of one old module; what ends with a colon keeps its name."""
    module = f"{OLD}.{old}" if old else OLD
    return {f"{module}:{name}": new + name if new.endswith(":") else new for name, new in names.items()}


def _moved(old: str, new: str, names: str) -> dict[str, str]:
    """Return entries of names of one old module that have a module of their own now."""
    return {f"{OLD}.{old}:{name}": f"lambda_powertools.{new}:{name}" for name in names.split()}


def _each(old: str, names: str, text: str) -> dict[str, str]:
    """Return entries of names of one old module that share a text."""
    return {f"{OLD}.{old}:{name}": text for name in names.split()}


MODULES: dict[str, str] = {
    **_same(
        "event_handler",
        "lambda_powertools.event_handler",
        "api_gateway appsync bedrock_agent bedrock_agent_function content_types depends events_appsync "
        "events_appsync.appsync_events events_appsync.base events_appsync.exceptions events_appsync.router "
        "exception_handling exceptions graphql_appsync graphql_appsync.base graphql_appsync.exceptions "
        "graphql_appsync.router http_resolver lambda_function_url middlewares middlewares.async_utils middlewares.base "
        "middlewares.openapi_validation middlewares.schema_validation openapi openapi.config openapi.constants "
        "openapi.encoders openapi.exceptions openapi.merge openapi.models openapi.params openapi.swagger_ui "
        "openapi.types request router types vpc_lattice",
    ),
    f"{OLD}.event_handler.openapi.swagger_ui.html": "lambda_powertools.event_handler.openapi.swagger_ui",
    f"{OLD}.event_handler.openapi.swagger_ui.oauth2": "lambda_powertools.event_handler.openapi.swagger_ui",
    **_same(
        "logging",
        "lambda_powertools.logger",
        "buffer correlation_paths exceptions filters formatter formatters formatters.datadog lambda_context logger "
        "types utils",
    ),
    f"{OLD}.logging.buffer.config": "lambda_powertools.logger.buffer",
    **_same(
        "metrics",
        "lambda_powertools.metrics",
        "exceptions functions metrics provider provider.base provider.cloudwatch_emf "
        "provider.cloudwatch_emf.cloudwatch provider.cloudwatch_emf.constants provider.cloudwatch_emf.exceptions "
        "provider.cloudwatch_emf.metric_properties provider.cloudwatch_emf.types provider.cold_start provider.datadog "
        "provider.datadog.datadog provider.datadog.metrics provider.datadog.warnings types",
    ),
    f"{OLD}.metrics.base": "lambda_powertools.metrics",
    f"{OLD}.metrics.metric": "lambda_powertools.metrics.single",
    f"{OLD}.middleware_factory.factory": "lambda_powertools.core.middleware",
    f"{OLD}.package_logger": "lambda_powertools.core.package_logger",
    f"{OLD}.shared.cookies": "lambda_powertools.event_handler.cookies",
    f"{OLD}.shared.dynamodb_deserializer": "lambda_powertools.data_classes.dynamodb_deserializer",
    f"{OLD}.shared.headers_serializer": "lambda_powertools.data_classes.headers_serializer",
    f"{OLD}.shared.json_encoder": "lambda_powertools.core.json",
    **_same("tracing", "lambda_powertools.tracer", "base tracer"),
    **_same(
        "utilities.auth_alpha",
        "lambda_powertools.auth",
        "exceptions jwt jwt.exceptions jwt.testing oauth2 oauth2.exceptions",
    ),
    f"{OLD}.utilities.auth_alpha.jwt.verifier": "lambda_powertools.auth.jwt",
    f"{OLD}.utilities.auth_alpha.oauth2.client": "lambda_powertools.auth.oauth2",
    **_same("utilities.batch", "lambda_powertools.batch", "base decorators exceptions types"),
    f"{OLD}.utilities.batch.sqs_fifo_partial_processor": "lambda_powertools.batch.fifo",
    **_same(
        "utilities.circuit_breaker",
        "lambda_powertools.circuit_breaker",
        "base config exceptions persistence persistence.base persistence.dynamodb persistence.record states",
    ),
    f"{OLD}.utilities.circuit_breaker.circuit_breaker": "lambda_powertools.circuit_breaker",
    **_same(
        "utilities.data_classes",
        "lambda_powertools.data_classes",
        "active_mq_event alb_event api_gateway_authorizer_event api_gateway_proxy_event api_gateway_websocket_event "
        "appsync appsync.scalar_types_utils appsync_authorizer_event appsync_resolver_event "
        "appsync_resolver_events_event aws_config_rule_event bedrock_agent_event bedrock_agent_function_event "
        "cloud_watch_alarm_event cloud_watch_custom_widget_event cloud_watch_logs_event "
        "cloudformation_custom_resource_event code_deploy_lifecycle_hook_event code_pipeline_job_event "
        "cognito_user_pool_event common connect_contact_flow_event dynamo_db_stream_event event_bridge_event "
        "event_source iot_registry_event kafka_event kinesis_firehose_event kinesis_stream_event "
        "lambda_function_url_event rabbit_mq_event s3_batch_operation_event s3_event s3_object_event "
        "secrets_manager_event ses_event shared_functions sns_event sqs_event transfer_family_event vpc_lattice",
    ),
    **_same(
        "utilities.data_masking",
        "lambda_powertools.data_masking",
        "base constants exceptions provider provider.base provider.kms provider.kms.aws_encryption_sdk",
    ),
    **_same(
        "utilities.feature_flags",
        "lambda_powertools.feature_flags",
        "appconfig base comparators constants exceptions feature_flags schema types",
    ),
    **_same(
        "utilities.idempotency",
        "lambda_powertools.idempotency",
        "base config exceptions hook idempotency persistence persistence.base persistence.cache persistence.datarecord "
        "persistence.dynamodb persistence.redis serialization serialization.base serialization.custom_dict "
        "serialization.dataclass serialization.no_op serialization.pydantic",
    ),
    **_same("utilities.jmespath_utils", "lambda_powertools.jmespath", "envelopes"),
    **_same(
        "utilities.kafka",
        "lambda_powertools.kafka",
        "consumer_records deserializer deserializer.avro deserializer.base deserializer.default "
        "deserializer.deserializer deserializer.json deserializer.protobuf exceptions schema_config serialization "
        "serialization.base serialization.custom_dict serialization.dataclass serialization.pydantic "
        "serialization.serialization",
    ),
    f"{OLD}.utilities.kafka.kafka_consumer": "lambda_powertools.kafka",
    f"{OLD}.utilities.metadata": "lambda_powertools.core.metadata",
    f"{OLD}.utilities.metadata.exceptions": "lambda_powertools.core.metadata",
    f"{OLD}.utilities.metadata.lambda_metadata": "lambda_powertools.core.metadata",
    **_same(
        "utilities.parameters",
        "lambda_powertools.parameters",
        "appconfig appconfig_extension base constants dynamodb exceptions secrets ssm types",
    ),
    **_same(
        "utilities.parser",
        "lambda_powertools.parser",
        "envelopes envelopes.apigw envelopes.apigw_websocket envelopes.apigwv2 envelopes.base envelopes.bedrock_agent "
        "envelopes.cloudwatch envelopes.dynamodb envelopes.event_bridge envelopes.kafka envelopes.kinesis "
        "envelopes.kinesis_firehose envelopes.lambda_function_url envelopes.sns envelopes.sqs envelopes.vpc_lattice "
        "envelopes.vpc_latticev2 exceptions models models.alb models.apigw models.apigw_websocket models.apigwv2 "
        "models.appsync models.appsync_events models.bedrock_agent models.cloudformation_custom_resource "
        "models.cloudwatch models.cognito models.dynamodb models.event_bridge models.iot_registry_events models.kafka "
        "models.kinesis models.kinesis_firehose models.kinesis_firehose_sqs models.lambda_function_url models.s3 "
        "models.s3_batch_operation models.s3_event_notification models.s3_object_event models.ses models.sns "
        "models.sqs models.transfer_family models.vpc_lattice models.vpc_latticev2 types",
    ),
    f"{OLD}.utilities.parser.parser": "lambda_powertools.parser",
    f"{OLD}.utilities.serialization": "lambda_powertools.data_classes.serialization",
    **_same(
        "utilities.streaming",
        "lambda_powertools.streaming",
        "_s3_seekable_io compat constants s3_object transformations transformations.base transformations.csv "
        "transformations.gzip transformations.zip types",
    ),
    f"{OLD}.utilities.typing": "lambda_powertools.core.typing",
    f"{OLD}.utilities.typing.lambda_client_context": "lambda_powertools.core.typing",
    f"{OLD}.utilities.typing.lambda_client_context_mobile_client": "lambda_powertools.core.typing",
    f"{OLD}.utilities.typing.lambda_cognito_identity": "lambda_powertools.core.typing",
    f"{OLD}.utilities.typing.lambda_context": "lambda_powertools.core.typing",
    **_same("utilities.validation", "lambda_powertools.validation", "base envelopes exceptions"),
    f"{OLD}.utilities.validation.validator": "lambda_powertools.validation",
    f"{OLD}.warnings": "lambda_powertools.core.warnings",
}

NAMES: dict[str, str] = {
    **_names(
        "",
        {
            "Logger": "lambda_powertools.logger:",
            "Metrics": "lambda_powertools.metrics:",
            "Tracer": "lambda_powertools.tracer:",
            "set_package_logger_handler": "lambda_powertools.core.package_logger:",
            "single_metric": "lambda_powertools.metrics:",
        },
    ),
    **_moved(
        "event_handler.api_gateway",
        "data_classes",
        "ALBEvent APIGatewayProxyEvent APIGatewayProxyEventV2 BedrockAgentEvent LambdaFunctionUrlEvent VPCLatticeEvent "
        "VPCLatticeEventV2",
    ),
    **_moved("event_handler.api_gateway", "data_classes.common", "BaseProxyEvent"),
    **_moved("event_handler.api_gateway", "event_handler", "DependencyResolutionError Request"),
    **_moved("event_handler.api_gateway", "event_handler.cookies", "Cookie"),
    **_moved("event_handler.api_gateway", "event_handler.exceptions", "NotFoundError ServiceError"),
    **_moved(
        "event_handler.api_gateway",
        "event_handler.openapi.exceptions",
        "RequestValidationError ResponseValidationError SchemaValidationError",
    ),
    **_names("exceptions", {"InvalidEnvelopeExpressionError": "lambda_powertools.jmespath:"}),
    **_moved("logging.logger", "logger.exceptions", "InvalidLoggerSamplingRateError OrphanedChildLoggerError"),
    **_moved("logging.logger", "logger.filters", "SuppressFilter"),
    **_moved("logging.logger", "logger.lambda_context", "build_lambda_context_model"),
    **_names(
        "logging.logger",
        {
            "log_uncaught_exception_hook": "lambda_powertools.logger:",
            "set_package_logger": "lambda_powertools.logger:",
        },
    ),
    **_names(
        "metrics.base",
        {
            "MetricManager": "lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch:AmazonCloudWatchEMFProvider",
            "is_cold_start": "lambda_powertools.metrics.provider.cold_start:",
            "reset_cold_start_flag": "lambda_powertools.metrics.provider.cold_start:",
        },
    ),
    **_names(
        "metrics.provider.base",
        {"reset_cold_start_flag_provider": "lambda_powertools.metrics.provider.cold_start:reset_cold_start_flag"},
    ),
    **_names("middleware_factory", {"lambda_handler_decorator": "lambda_powertools.core:"}),
    **_names("middleware_factory.exceptions", {"MiddlewareInvalidArgumentError": "lambda_powertools.core:"}),
    **_names(
        "shared.functions",
        {
            "extract_event_from_common_models": "lambda_powertools.core.json:plain",
            "sanitize_xray_segment_name": "lambda_powertools.tracer.names:",
        },
    ),
    **_names("shared.types", {"LambdaHandler": "lambda_powertools.core.typing:"}),
    **_names("tracing.extensions", {"aiohttp_trace_config": "lambda_powertools.tracer:"}),
    **_moved("tracing.tracer", "tracer.names", "sanitize_xray_segment_name"),
    **_names(
        "utilities.auth_alpha.jwt.integrations.event_handler", {"AuthErrorContext": "lambda_powertools.auth.jwt:"}
    ),
    **_names(
        "utilities.batch.base",
        {
            "AsyncBatchProcessor": "lambda_powertools.batch:",
            "BasePartialBatchProcessor": "lambda_powertools.batch:",
            "BatchProcessor": "lambda_powertools.batch:",
            "EventType": "lambda_powertools.batch:",
        },
    ),
    **_moved("utilities.batch.base", "batch.exceptions", "BatchProcessingError"),
    **_moved("utilities.idempotency.idempotency", "idempotency.config", "IdempotencyConfig"),
    **_moved("utilities.idempotency.idempotency", "idempotency.base", "IdempotencyHandler"),
    **_moved(
        "utilities.idempotency.idempotency",
        "idempotency.serialization.base",
        "BaseIdempotencyModelSerializer BaseIdempotencySerializer",
    ),
}

KEPT: dict[str, str] = {
    f"{OLD}.logging.logger:is_cold_start": "lambda_powertools.core.cold_start.reset_cold_start()",
    f"{OLD}.shared.cache_dict": "functools.lru_cache, or a dictionary of your own",
    f"{OLD}.shared.constants": "the names of the environment variables themselves",
    f"{OLD}.shared.functions": "lambda_powertools.core.settings.Setting for what environment variables say; "
    "the standard library for the rest",
    f"{OLD}.shared.lazy_import": "an import in the function that needs the module",
    f"{OLD}.shared.types": "type variables of your own",
    f"{OLD}.shared.version": "importlib.metadata.version, of the distribution that you ask for",
    f"{OLD}.tracing.tracer:aws_xray_sdk": "lambda_powertools.tracer.Tracer(provider=…)",
    f"{OLD}.tracing.tracer:is_cold_start": "lambda_powertools.core.cold_start.reset_cold_start()",
    f"{OLD}.utilities": "the packages of lambda_powertools, which have no common parent",
    f"{OLD}:VERSION": "importlib.metadata.version, of the distribution that you ask for",
    f"{OLD}:__version__": "importlib.metadata.version, of the distribution that you ask for",
}

_TYPE_VARIABLE = "a type variable of your own"
_OPENAPI = "lambda_powertools.event_handler.openapi, whose inner workings are its own"
_CONSTANT = "the value itself: it is a constant of the original's inner workings"

GONE: dict[str, str] = {
    f"{OLD}.event_handler.events_appsync.functions": "a resolver that is registered for the path",
    f"{OLD}.event_handler.events_appsync.types": _TYPE_VARIABLE,
    f"{OLD}.event_handler.openapi.compat": "pydantic itself",
    f"{OLD}.event_handler.openapi.dependant": _OPENAPI,
    f"{OLD}.event_handler.openapi.pydantic_loader": "pydantic.VERSION",
    f"{OLD}.event_handler.openapi.schema_generator": "app.get_openapi_schema()",
    f"{OLD}.event_handler.util": "lambda_powertools.event_handler.CORSConfig, which reads the header Origin",
    **_each(
        "event_handler.api_gateway",
        "COMPONENT_REF_PREFIX DEFAULT_API_VERSION DEFAULT_CONTENT_TYPE DEFAULT_OPENAPI_RESPONSE_DESCRIPTION "
        "DEFAULT_OPENAPI_TITLE DEFAULT_OPENAPI_VERSION DEFAULT_STATUS_CODE",
        "lambda_powertools.event_handler.openapi.constants",
    ),
    f"{OLD}.event_handler.api_gateway:MiddlewareFrame": "a middleware: a callable of (app, next_middleware)",
    **_each("event_handler.api_gateway", "ResponseEventT ResponseT", _TYPE_VARIABLE),
    **_each(
        "event_handler.depends",
        "DependencyParam DependencyTree build_dependency_tree solve_dependencies",
        "lambda_powertools.event_handler.Depends, which the resolver solves by itself",
    ),
    f"{OLD}.event_handler.http_resolver:HttpHeadersSerializer": "lambda_powertools.data_classes.headers_serializer",
    **_each(
        "event_handler.middlewares.openapi_validation",
        "APPLICATION_FORM_CONTENT_TYPE APPLICATION_JSON_CONTENT_TYPE CONTENT_DISPOSITION_NAME_PARAM "
        "MULTIPART_FORM_DATA_CONTENT_TYPE",
        "lambda_powertools.event_handler.content_types, or the text itself",
    ),
    **_each(
        "event_handler.openapi.encoders",
        "ENCODERS_BY_TYPE decimal_encoder generate_encoders_by_class_tuples iso_format",
        "lambda_powertools.event_handler.openapi.encoders.jsonable_encoder",
    ),
    f"{OLD}.event_handler.openapi.merge:RESOLVER_CLASSES": "lambda_powertools.event_handler.openapi.OpenAPIMerge",
    **_each("event_handler.openapi.models", "MODEL_CONFIG_ALLOW MODEL_CONFIG_IGNORE", "pydantic.ConfigDict"),
    **_each(
        "event_handler.openapi.params",
        "Dependant analyze_param create_response_field get_field_info_and_type_annotation "
        "get_field_info_annotated_type get_field_info_response_type get_field_info_tuple_type get_flat_dependant",
        _OPENAPI,
    ),
    f"{OLD}.event_handler.openapi.swagger_ui.oauth2:MODEL_CONFIG_ALLOW": "pydantic.ConfigDict",
    **_each(
        "event_handler.openapi.types",
        "COMPONENT_REF_PREFIX COMPONENT_REF_TEMPLATE METHODS_WITH_BODY response_validation_error_response_definition "
        "validation_error_definition validation_error_response_definition",
        "app.get_openapi_schema(), which contains them",
    ),
    f"{OLD}.logging.buffer.cache": "lambda_powertools.logger.LoggerBufferConfig; Logger keeps the records itself",
    f"{OLD}.logging.buffer.functions": "lambda_powertools.logger.LoggerBufferConfig",
    f"{OLD}.logging.buffer.handler": "lambda_powertools.logger.LoggerBufferConfig",
    f"{OLD}.logging.constants": "lambda_powertools.logger.Logger, which marks no loggers with attributes",
    **_each(
        "logging.formatter",
        "THREAD_LOCAL_KEYS clear_context_keys default_contextvar remove_context_keys set_context_keys",
        "the methods of Logger: append_context_keys, thread_safe_append_keys and their like",
    ),
    **_each(
        "logging.logger",
        "LOGGER_ATTRIBUTE_HANDLER LOGGER_ATTRIBUTE_POWERTOOLS_HANDLER LOGGER_ATTRIBUTE_PRECONFIGURED",
        "lambda_powertools.logger.Logger, which marks no loggers with attributes",
    ),
    f"{OLD}.logging.logger:PowertoolsFormatter": _TYPE_VARIABLE,
    f"{OLD}.logging.utils:PACKAGE_LOGGER": _CONSTANT,
    f"{OLD}.metrics.provider.cold_start:initialization_type": "the variable AWS_LAMBDA_INITIALIZATION_TYPE",
    f"{OLD}.shared.user_agent": "lambda_powertools.core.aws.mark_user_agent",
    f"{OLD}.utilities.auth_alpha.jwt.integrations.api_gateway": "lambda_powertools.auth",
    f"{OLD}.utilities.auth_alpha.jwt.integrations.event_handler:AuthMiddleware": "lambda_powertools.auth.jwt",
    f"{OLD}.utilities.batch.types:has_pydantic": "importlib.util.find_spec('pydantic')",
    **_each(
        "utilities.circuit_breaker.persistence.base", "LOCAL_CACHE_MAX_ITEMS PERSISTED_STATE_TTL_BUFFER", _CONSTANT
    ),
    **_each("utilities.data_classes.event_source", "DataClassT OutputT", _TYPE_VARIABLE),
    f"{OLD}.utilities.data_masking.base:prepare_data": "lambda_powertools.data_masking.DataMasking, which does it",
    f"{OLD}.utilities.data_masking.provider.base:PRESERVE_CHARS": _CONSTANT,
    f"{OLD}.utilities.feature_flags.feature_flags:RULE_ACTION_MAPPING": "lambda_powertools.feature_flags.comparators",
    **_each("utilities.feature_flags.types", "P T", _TYPE_VARIABLE),
    **_each("utilities.idempotency.idempotency", "ContextT EventT", _TYPE_VARIABLE),
    f"{OLD}.utilities.idempotency.serialization.functions": "typing.get_args and typing.get_origin",
    f"{OLD}.utilities.kafka.kafka_consumer:ReturnT": _TYPE_VARIABLE,
    f"{OLD}.utilities.kafka.serialization.types": _TYPE_VARIABLE,
    **_each(
        "utilities.parameters.appconfig_extension",
        "DEFAULT_EXTENSION_PORT DEFAULT_EXTENSION_TIMEOUT_SECS",
        "the parameters of AppConfigExtensionProvider",
    ),
    f"{OLD}.utilities.parser.functions": "lambda_powertools.parser.parse",
    f"{OLD}.utilities.parser.models.kafka:SERVERS_DELIMITER": _CONSTANT,
    **_each("utilities.parser.parser", "ModelT ModelT_co ReturnT", _TYPE_VARIABLE),
    **_each("utilities.validation.validator", "ContextT EventT ReturnT", _TYPE_VARIABLE),
}

_PACKAGES = (
    "auth batch circuit-breaker core data-classes data-masking event-handler feature-flags idempotency jmespath kafka "
    "logger metrics openapi parameters parser streaming tracer validation"
)

DISTRIBUTIONS: dict[str, str] = {
    f"lambda_powertools.{name.replace('-', '_')}": f"lambda-powertools-{name}" for name in _PACKAGES.split()
}
