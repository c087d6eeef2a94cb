"""What is measured, one file each, in the order of the report.

A scenario is a module with `TITLE`, `WHAT` (one sentence), `FRESH`, `GOAL` and a function for each variant.

- `FRESH = True`: what one call of the function costs in a process that has done nothing before.
- `FRESH = False`: what the callable that the function returns costs, called over and over.
- `GOAL`: `("ratio", x)`: ours by the original; `("seconds", x)`: ours alone; `("overhead", x)`: ours less the floor.
- `ENVIRONMENT`: variables beside those of every function.

Nothing is imported at the top of a fresh scenario: it would be missing from what is measured.
"""

NAMES = (
    "cold_start",
    "cold_start_untraced",
    "first_invocation",
    "first_invocation_untraced",
    "discovery",
    "warm_invocation",
    "warm_invocation_untraced",
    "log_line",
    "disabled_debug",
    "one_metric",
    "many_metrics",
    "core_overhead",
)
