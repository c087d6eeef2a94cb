TITLE = "Import of batch"
WHAT = "import BatchProcessor, EventType and process_partial_response"
FRESH = True
GOAL = ("ratio", 0.35)
PACKAGES = ("data-classes", "batch")


def ours():
    from lambda_powertools.batch import (  # noqa: F401  # the import is what is measured
        BatchProcessor,
        EventType,
        process_partial_response,
    )


def original():
    from aws_lambda_powertools.utilities.batch import (  # noqa: F401  # the same
        BatchProcessor,
        EventType,
        process_partial_response,
    )
