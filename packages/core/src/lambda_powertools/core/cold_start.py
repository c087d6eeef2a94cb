"""Whether this invocation is the first of its execution environment: one answer per invocation, for everybody."""

from __future__ import annotations

import os

# A list, because pop() is atomic: of two invocations that start at once exactly one gets the token.
_token = [True]


def claim_cold_start() -> bool:
    """Return True once in the life of an execution environment, False ever after.

    For whoever starts an invocation (`Invocation` does); everybody else reads `Invocation.cold_start`. An environment
    of provisioned concurrency was initialised before the request came and is never cold:
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (`AWS_LAMBDA_INITIALIZATION_TYPE`).
    """
    if not _token:
        return False
    try:
        _token.pop()
    except IndexError:  # another thread was quicker
        return False
    return not _is_provisioned()


def is_cold_start_due() -> bool:
    """Return whether the next invocation will be a cold one."""
    return bool(_token) and not _is_provisioned()


def reset_cold_start() -> None:
    """Make the next invocation a cold one again, for tests."""
    _token[:] = [True]


def _is_provisioned() -> bool:
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency"
