TITLE = "99 metrics, added and flushed"
WHAT = "99 calls of add_metric and one flush_metrics"
FRESH = False
GOAL = ("ratio", 0.4)

NAMES = [f"Metric{number}" for number in range(99)]


def ours():
    from lambda_powertools.metrics import Metrics

    return add_and_flush(Metrics())


def original():
    from aws_lambda_powertools import Metrics

    return add_and_flush(Metrics())


def floor():
    from functions.floor import write_metrics

    def write():
        values = {}
        for name in NAMES:
            values[name] = 1
        write_metrics(values)

    return write


def add_and_flush(metrics):
    def write():
        for name in NAMES:
            metrics.add_metric(name, "Count", 1)
        metrics.flush_metrics()

    return write
