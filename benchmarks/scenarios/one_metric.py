TITLE = "One metric, added and flushed"
WHAT = "add_metric and flush_metrics"
FRESH = False
GOAL = ("ratio", 0.6)


def ours():
    from lambda_powertools.metrics import Metrics

    return add_and_flush(Metrics())


def original():
    from aws_lambda_powertools import Metrics

    return add_and_flush(Metrics())


def floor():
    from functions.floor import write_metrics

    def write():
        write_metrics({"OrderPlaced": 1})

    return write


def add_and_flush(metrics):
    def write():
        metrics.add_metric("OrderPlaced", "Count", 1)
        metrics.flush_metrics()

    return write
