import json
import subprocess
import sys

import pytest

HEAVY = {
    "asyncio",
    "boto3",
    "dataclasses",
    "datetime",
    "decimal",
    "importlib.metadata",
    "inspect",
    "jmespath",
    "multiprocessing",
    "pydantic",
    "random",
}
"""Modules that take longer than a whole warm invocation to import."""


def loaded_by(code):
    program = f"import sys; before = set(sys.modules)\n{code}\nprint('\\n' + ' '.join(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import lambda_powertools.logger",
        "from lambda_powertools.logger import Logger; Logger()",
        "from lambda_powertools.logger import Logger; Logger(sampling_rate=0.5).info('x', a=1)",
        "import lambda_powertools.logger.plugin",
    ],
)
def test_logger_loads_nothing_heavy(code):
    """T-12: importing, constructing and logging load none of the modules that cold starts suffer from."""
    assert loaded_by(code) & HEAVY == set()


def test_plugin_loads_no_logging_until_something_is_logged():
    """A function that logs nothing does not pay for logging: the plugin needs it for an event or an error only."""
    code = """
from lambda_powertools.core import Registry, powertools
from lambda_powertools.logger.plugin import LoggerPlugin
registry = Registry()
registry.register(LoggerPlugin)
already = set(sys.modules)
@powertools(registry=registry)
def handler(event, context): ...
handler({}, None)
assert not {"lambda_powertools.logger.logger", "lambda_powertools.logger.formatter"} & set(sys.modules)
"""
    assert "lambda_powertools.logger._scope" in loaded_by(code)


def test_public_names_are_loaded_at_their_first_use():
    """Importing the package alone does not import Logger; asking for an unknown name is an AttributeError."""
    loaded = loaded_by(
        "import lambda_powertools.logger as package\n"
        "assert 'lambda_powertools.logger.logger' not in sys.modules\n"
        "assert package.Logger is package.Logger and package.correlation_paths.EVENT_BRIDGE == 'id'\n"
        "assert not hasattr(package, 'Loger')"
    )
    assert "lambda_powertools.logger.logger" in loaded


def test_two_copies_of_the_package_share_a_service():
    """T-8: a second copy of the modules finds the logger configured, and attaches nothing."""
    code = """
import io, logging
from lambda_powertools.logger import Logger
stream = io.StringIO()
Logger(service="shared", stream=stream)
for name in [name for name in sys.modules if name.startswith("lambda_powertools.logger")]:
    del sys.modules[name]
from lambda_powertools.logger import Logger as Copy
assert Copy is not Logger
Copy(service="shared").info("x", name="bob")
assert stream.getvalue().count("\\n") == 1
assert '"name":"bob"' in stream.getvalue()
assert len(logging.getLogger("shared").handlers) == 1
"""
    loaded_by(code)


def test_lines_reach_stdout_of_a_process():
    """A program that logs writes one line of JSON for each statement, and nothing else."""
    code = "from lambda_powertools.logger import Logger; log = Logger(); log.info('a'); log.error({'b': 1})"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [json.loads(line)["message"] for line in result.stdout.splitlines()] == ["a", {"b": 1}]
    assert result.stderr == ""
