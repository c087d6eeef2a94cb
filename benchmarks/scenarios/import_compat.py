TITLE = "Import by the original's paths"
WHAT = (
    "from aws_lambda_powertools import Logger, Metrics, Tracer: through lambda-powertools-compat, and of the original"
)
FRESH = True
GOAL = ("ratio", 0.6)
PACKAGES = ("compat",)
ENVIRONMENT = {"PYTHONWARNINGS": "ignore"}  # it would tell that it hides the original, which is there to be compared


def ours():
    from aws_lambda_powertools import Logger, Metrics, Tracer

    assert {kind.__module__.partition(".")[0] for kind in (Logger, Metrics, Tracer)} == {"lambda_powertools"}  # noqa: S101


def original():
    import sys

    sys.path[:] = [entry for entry in sys.path if not entry.endswith("/compat")]
    from aws_lambda_powertools import Logger, Metrics, Tracer

    assert {kind.__module__.partition(".")[0] for kind in (Logger, Metrics, Tracer)} == {"aws_lambda_powertools"}  # noqa: S101
