"""The environment variables that Lambda sets for a function, and the tracing header it sets for each request."""

from __future__ import annotations

import os
import sys
import time


def lambda_environment(
    function_name: str = "test-function",
    *,
    handler: str = "app.handler",
    memory_limit_in_mb: int = 128,
    timeout: float = 30,
    region: str = "us-east-1",
    task_root: str | None = None,
    daemon_address: str = "127.0.0.1:2000",
) -> dict[str, str]:
    """Return what Lambda puts into the environment of a function, credentials excepted.

    Reference: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html

    Args:
        function_name: name of the function.
        handler: its handler, as it is configured in Lambda: `module.function`.
        memory_limit_in_mb: its memory, in megabytes.
        timeout: its timeout, in seconds.
        region: region it runs in.
        task_root: folder of its code, by default the current one.
        daemon_address: `host:port` that X-Ray segments are sent to, see `XRayDaemon`.

    Example:
        >>> lambda_environment("orders")["AWS_LAMBDA_LOG_GROUP_NAME"]
        '/aws/lambda/orders'
    """
    host, _, port = daemon_address.rpartition(":")
    return {
        "AWS_DEFAULT_REGION": region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory_limit_in_mb),
        "AWS_LAMBDA_FUNCTION_NAME": function_name,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": f"{timeout:g}",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function_name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": f"{time.strftime('%Y/%m/%d')}/[$LATEST]{'0' * 32}",
        "AWS_REGION": region,
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "AWS_XRAY_DAEMON_ADDRESS": daemon_address,
        "LAMBDA_TASK_ROOT": os.getcwd() if task_root is None else task_root,  # noqa: PTH109  # a str is wanted
        "_AWS_XRAY_DAEMON_ADDRESS": host,
        "_AWS_XRAY_DAEMON_PORT": port,
        "_HANDLER": handler,
    }


def make_trace_header(*, sampled: bool = True) -> str:
    """Return an X-Ray tracing header of a new trace, as Lambda puts into `_X_AMZN_TRACE_ID`.

    Format: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader

    Example:
        >>> make_trace_header().startswith("Root=1-")
        True
    """
    root = f"1-{int(time.time()):08x}-{os.urandom(12).hex()}"
    return f"Root={root};Parent={os.urandom(8).hex()};Sampled={int(sampled)}"
