from functions.runtime import invocations

TITLE = "Warm invocation, OpenTelemetry by OTLP"
WHAT = (
    "one invocation with logger, metrics and a span, which a collector on loopback has answered before it ends; the "
    "original sends X-Ray's segment by UDP and waits for nobody"
)
FRESH = False
GOAL = None
PACKAGES = ("opentelemetry",)


def surroundings(**options):
    from scenarios._collector import collector

    return collector(**options)


def ours():
    from functions.ours import handler

    return invocations(handler)


def original():
    from functions.original import handler

    return invocations(handler)
