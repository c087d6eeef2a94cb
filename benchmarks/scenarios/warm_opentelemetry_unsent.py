from functions.runtime import invocations

TITLE = "Warm invocation, OpenTelemetry, unsent"
WHAT = "the same with OTEL_TRACES_EXPORTER=none, so what making the span costs; the original sends its segment by UDP"
FRESH = False
GOAL = None
PACKAGES = ("opentelemetry",)
ENVIRONMENT = {"OTEL_TRACES_EXPORTER": "none"}


def ours():
    from functions.ours import handler

    return invocations(handler)


def original():
    from functions.original import handler

    return invocations(handler)
