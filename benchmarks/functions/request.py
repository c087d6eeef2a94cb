"""The event and the context that every function here is called with."""

EVENT = {
    "version": "2.0",
    "routeKey": "POST /orders",
    "rawPath": "/orders",
    "headers": {"content-type": "application/json"},
    "requestContext": {"http": {"method": "POST", "path": "/orders"}, "requestId": "JKJaXmPLvHcESHA="},
    "body": '{"customer": "c-42", "items": [{"sku": "A1", "quantity": 2}]}',
    "isBase64Encoded": False,
}


class Context:
    """What Lambda hands over beside the event."""

    function_name = "orders"
    function_version = "$LATEST"
    memory_limit_in_mb = "512"
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:orders"
    aws_request_id = "8f8a3f5e-0f7c-4f36-9a71-0d3b9a3a3c55"
    log_group_name = "/aws/lambda/orders"
    log_stream_name = "2026/01/31/[$LATEST]5f6c"
    tenant_id = None

    @staticmethod
    def get_remaining_time_in_millis():
        return 30_000


CONTEXT = Context()
