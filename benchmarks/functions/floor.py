"""The same function without a library: one json.dumps for the log line, one for the metric, no trace."""

import json
import sys
import time


def log(message, context, **keys):
    now = time.time()
    record = {
        "level": "INFO",
        "message": message,
        "timestamp": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now)) + f",{int(now % 1 * 1000):03d}+0000",
        "service": "orders",
        "function_name": context.function_name,
        "function_memory_size": context.memory_limit_in_mb,
        "function_arn": context.invoked_function_arn,
        "function_request_id": context.aws_request_id,
        **keys,
    }
    sys.stdout.write(json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n")


def write_metrics(values):
    definitions = [{"Name": name, "Unit": "Count"} for name in values]
    emf = {
        "_aws": {
            "Timestamp": int(time.time() * 1000),
            "CloudWatchMetrics": [{"Namespace": "Shop", "Dimensions": [["service"]], "Metrics": definitions}],
        },
        "service": "orders",
        **{name: [float(value)] for name, value in values.items()},
    }
    sys.stdout.write(json.dumps(emf, separators=(",", ":")) + "\n")


def handler(event, context):
    log("order placed", context, order_id="o-1", total=42, currency="EUR")
    write_metrics({"OrderPlaced": 1})
    return {"statusCode": 201}
