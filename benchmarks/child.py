"""One measurement in a process of its own: `python child.py SCENARIO VARIANT [SECONDS]`; the result goes to stderr.

Imports nothing before the clock runs: what Python itself loads at its start is all that is there.
"""

import sys
from time import perf_counter

ARGUMENTS = sys.argv[1:]


def measure_fresh(function):
    started = perf_counter()
    function()
    return perf_counter() - started


def measure_loop(function, budget):
    """Return the median time of one call over batches that fill the budget, after a tenth of it for warming up."""
    call = function()
    calls, elapsed = 1, 0.0
    while elapsed < budget / 40:
        calls *= 2
        elapsed = batch(call, calls)
    end = perf_counter() + budget * 0.9
    times = [batch(call, calls)]
    while perf_counter() < end:
        times.append(batch(call, calls))
    return sorted(times)[len(times) // 2] / calls


def batch(call, calls):
    numbers = range(calls)
    started = perf_counter()
    for _ in numbers:
        call()
    return perf_counter() - started


scenario = getattr(__import__(f"scenarios.{ARGUMENTS[0]}"), ARGUMENTS[0])
variant = getattr(scenario, ARGUMENTS[1])
seconds = measure_fresh(variant) if scenario.FRESH else measure_loop(variant, float(ARGUMENTS[2]))
sys.stdout.flush()
sys.stderr.write(f"{seconds!r}\n")
