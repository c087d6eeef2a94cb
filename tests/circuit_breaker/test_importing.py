import json
import subprocess
import sys
import textwrap

import pytest


def loaded_by(code):
    """Return the modules that code loads in a fresh process."""
    script = f"import json, sys\n{textwrap.dedent(code)}\nprint(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return set(json.loads(result.stdout))


HEAVY = {"boto3", "botocore", "redis", "asyncio", "inspect", "dataclasses", "uuid", "logging", "importlib.metadata"}
LATE = HEAVY - {"dataclasses", "inspect", "uuid"}

CASES = {
    "package": ("import lambda_powertools.circuit_breaker", HEAVY),
    "plugin": (
        """
        from lambda_powertools.circuit_breaker.plugin import CircuitBreakerPlugin
        from lambda_powertools.core import Registry, powertools
        registry = Registry()
        registry.register(CircuitBreakerPlugin)
        """,
        HEAVY - {"inspect", "importlib.metadata"},  # registered by hand, pluggy is asked
    ),
    "stores": (
        """
        from lambda_powertools.circuit_breaker import circuit_breaker
        from lambda_powertools.circuit_breaker.persistence import *
        CircuitBreakerDynamoDBPersistence("circuits")
        CircuitBreakerRedisPersistence(host="circuits.internal")
        @circuit_breaker(name="orders", persistence_store=InMemoryCircuitBreakerPersistence())
        def call(): ...
        call()
        """,
        LATE,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_heavy_is_loaded(case):
    """Cold start: client libraries at the first use of a store, dataclasses with the decorator."""
    code, heavy = CASES[case]

    assert loaded_by(code) & heavy == set()


@pytest.mark.parametrize(
    ("store", "extra"), [("DynamoDBPersistence('circuits')", "aws-sdk"), ("RedisPersistence(host='h')", "redis")]
)
def test_a_missing_client_library_is_named_with_its_extra(store, extra):
    """Section 1: at construction, as a circuit without its store would go on without a word later."""
    code = f"""
    sys.path_importer_cache.clear()
    from importlib.machinery import PathFinder
    find = PathFinder.find_spec
    PathFinder.find_spec = lambda name, *rest: None if name in ("boto3", "redis") else find(name, *rest)
    from lambda_powertools.circuit_breaker import persistence
    try:
        persistence.CircuitBreaker{store}
    except ImportError as error:
        assert "lambda-powertools-circuit-breaker[{extra}]" in str(error), error
    else:
        raise AssertionError
    """
    loaded_by(code)


def test_an_unknown_name_is_an_attribute_error():
    """Public surface: lazy names do not hide misspelt ones."""
    import lambda_powertools.circuit_breaker as package
    from lambda_powertools.circuit_breaker import persistence

    for module in (package, persistence):
        with pytest.raises(AttributeError, match="no attribute 'CircuitBraker'"):
            _ = module.CircuitBraker
