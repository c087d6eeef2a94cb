TITLE = "Cold start, OpenTelemetry"
WHAT = "import and decorate a handler with logger, metrics and this plugin, which puts the SDK off until the first span"
FRESH = True
GOAL = None
PACKAGES = ("opentelemetry",)


def surroundings(**options):
    from scenarios._collector import collector

    return collector(**options)


def ours():
    import functions.ours  # noqa: F401  # the import is what is measured


def original():
    import functions.original  # noqa: F401  # the import is what is measured
