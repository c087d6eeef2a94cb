from __future__ import annotations

import textwrap

import pytest
from migrating import Project

CASES = {
    "a name": ("from aws_lambda_powertools import Logger", "from lambda_powertools.logger import Logger"),
    "a name of a module": (
        "from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType",
        "from lambda_powertools.batch import BatchProcessor, EventType",
    ),
    "a name with another name": (
        "from aws_lambda_powertools.utilities.batch import BatchProcessor as Processor",
        "from lambda_powertools.batch import BatchProcessor as Processor",
    ),
    "a name that is called differently now": (
        "from aws_lambda_powertools.metrics.provider.base import reset_cold_start_flag_provider",
        """\
        from lambda_powertools.metrics.provider.cold_start import \
reset_cold_start_flag as reset_cold_start_flag_provider""",
    ),
    "a module": (
        "from aws_lambda_powertools.utilities import parameters",
        "from lambda_powertools import parameters",
    ),
    "a module that is called differently now": (
        "from aws_lambda_powertools import logging",
        "from lambda_powertools import logger as logging",
    ),
    "a module with a name": (
        "import aws_lambda_powertools.utilities.parser.models as event_models",
        "import lambda_powertools.parser.models as event_models",
    ),
    "several modules": (
        "import os, aws_lambda_powertools.metrics as metrics, sys",
        "import os, lambda_powertools.metrics as metrics, sys",
    ),
    "a function that shares the name of its module": (
        "from aws_lambda_powertools.utilities.validation import validate, validator",
        "from lambda_powertools.validation import validate, validator",
    ),
    "a function that shares the name of a module that stays": (
        "from aws_lambda_powertools.utilities.data_classes import event_source",
        "from lambda_powertools.data_classes import event_source",
    ),
    "names that went to several modules": (
        "from aws_lambda_powertools import Logger, Metrics as M, Tracer",
        """\
        from lambda_powertools.logger import Logger
        from lambda_powertools.metrics import Metrics as M
        from lambda_powertools.tracer import Tracer""",
    ),
    "a marker for tools": (
        "from aws_lambda_powertools import Logger, Tracer  # noqa: F401",
        """\
        from lambda_powertools.logger import Logger  # noqa: F401
        from lambda_powertools.tracer import Tracer  # noqa: F401""",
    ),
    "a comment for people": (
        "from aws_lambda_powertools import Logger, Tracer  # what we watch with",
        """\
        from lambda_powertools.logger import Logger  # what we watch with
        from lambda_powertools.tracer import Tracer""",
    ),
    "parentheses that stay": (
        """\
        from aws_lambda_powertools.utilities.batch import (  # batches
            BatchProcessor,  # processes
            # more
            EventType
        )""",
        """\
        from lambda_powertools.batch import (  # batches
            BatchProcessor,  # processes
            # more
            EventType
        )""",
    ),
    "parentheses that are divided": (
        """\
        from aws_lambda_powertools import (
            Logger,  # logs
            Tracer,
            single_metric  # measures
        )""",
        """\
        from lambda_powertools.logger import (
            Logger,  # logs
        )
        from lambda_powertools.tracer import (
            Tracer,
        )
        from lambda_powertools.metrics import (
            single_metric,  # measures
        )""",
    ),
    "parentheses on one line": (
        "from aws_lambda_powertools import (Logger, Tracer)",
        """\
        from lambda_powertools.logger import (Logger)
        from lambda_powertools.tracer import (Tracer)""",
    ),
    "for types only": (
        """\
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from aws_lambda_powertools.utilities.typing import LambdaContext""",
        """\
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from lambda_powertools.core.typing import LambdaContext""",
    ),
    "statements on one line": (
        "if True: from aws_lambda_powertools import Logger, Tracer; x = 1",
        "if True: from lambda_powertools.logger import Logger; from lambda_powertools.tracer import Tracer; x = 1",
    ),
    "in a function": (
        """\
        def handler(event, context):
            from aws_lambda_powertools import Logger, Tracer
            return Logger, Tracer""",
        """\
        def handler(event, context):
            from lambda_powertools.logger import Logger
            from lambda_powertools.tracer import Tracer
            return Logger, Tracer""",
    ),
    "a dotted name": (
        """\
        import aws_lambda_powertools.logging.correlation_paths
        PATH = aws_lambda_powertools.logging.correlation_paths.API_GATEWAY_REST""",
        """\
        import lambda_powertools.logger.correlation_paths
        PATH = lambda_powertools.logger.correlation_paths.API_GATEWAY_REST""",
    ),
    "the package itself": (
        """\
        import aws_lambda_powertools
        logger = aws_lambda_powertools.Logger()
        tracer = aws_lambda_powertools.Tracer()""",
        """\
        import lambda_powertools.logger
        import lambda_powertools.tracer
        logger = lambda_powertools.logger.Logger()
        tracer = lambda_powertools.tracer.Tracer()""",
    ),
    "the package with a name": (
        """\
        import aws_lambda_powertools as pt
        logger = pt.Logger()""",
        """\
        import lambda_powertools.logger
        logger = lambda_powertools.logger.Logger()""",
    ),
    "a package without a home of its own": (
        """\
        from aws_lambda_powertools import utilities
        value = utilities.parameters.get_parameter("/a")""",
        """\
        import lambda_powertools.parameters
        value = lambda_powertools.parameters.get_parameter("/a")""",
    ),
    "a name that moved, through its module": (
        """\
        from aws_lambda_powertools.utilities import batch
        processor = batch.base.BatchProcessor(batch.EventType.SQS)""",
        """\
        from lambda_powertools import batch
        processor = batch.BatchProcessor(batch.EventType.SQS)""",
    ),
    "an argument of the same name": (
        """\
        import aws_lambda_powertools.metrics
        def f(aws_lambda_powertools):
            return aws_lambda_powertools.metrics""",
        """\
        import lambda_powertools.metrics
        def f(aws_lambda_powertools):
            return aws_lambda_powertools.metrics""",
    ),
    "a path of a patch": (
        """\
        @patch("aws_lambda_powertools.utilities.parameters.ssm.SSMProvider.get")
        def test(get):
            mocker.patch(target='aws_lambda_powertools.logging.logger.Logger')
            monkeypatch.setattr("aws_lambda_powertools.utilities.batch.base.BatchProcessor", None)""",
        """\
        @patch("lambda_powertools.parameters.ssm.SSMProvider.get")
        def test(get):
            mocker.patch(target='lambda_powertools.logger.logger.Logger')
            monkeypatch.setattr("lambda_powertools.batch.BatchProcessor", None)""",
    ),
    "a module by its path": (
        "importlib.import_module('aws_lambda_powertools.utilities.typing')",
        "importlib.import_module('lambda_powertools.core.typing')",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_imports_and_what_is_reached_through_them(tmp_path, case):
    """Imports, dotted names and paths in calls lead to the new places; names, comments and layout stay."""
    before, after = (textwrap.dedent(text) + "\n" for text in CASES[case])
    code, notes = Project(tmp_path).code(before)

    assert (code, notes) == (after, [])
    assert Project(tmp_path).migrate()["files"] == []


LEFT = {
    "star imports": (
        "from aws_lambda_powertools.logging import *",
        "from aws_lambda_powertools.logging import * was left",
    ),
    "names that are gone": (
        "from aws_lambda_powertools.utilities.kafka.kafka_consumer import ReturnT",
        "ReturnT is gone: write a type variable of your own",
    ),
    "modules that are gone": (
        "import aws_lambda_powertools.shared.user_agent as agent",
        "aws_lambda_powertools.shared.user_agent is gone",
    ),
    "unknown names": ("from aws_lambda_powertools import Loger", "aws_lambda_powertools.Loger: not a known path"),
    "texts that may be paths": (
        "PATHS = ['aws_lambda_powertools.logging']",
        "the text 'aws_lambda_powertools.logging' was left",
    ),
    "paths of calls that lead nowhere": (
        "patch('aws_lambda_powertools.shared.user_agent.inject')",
        "the text 'aws_lambda_powertools.shared.user_agent.inject' was left",
    ),
    "what only the old paths have": (
        "from aws_lambda_powertools.shared.cache_dict import LRUDict",
        "only lambda-powertools-compat has it",
    ),
    "the package as a value": ("import aws_lambda_powertools\nprint(aws_lambda_powertools)", "was left as it is"),
    "a package that nothing is reached through": ("import aws_lambda_powertools", "nothing in this file says"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_cannot_be_decided_is_left_and_told_of(tmp_path, case):
    """What has no new place, or none that is known, stays and is listed with its line and what to do."""
    before, told = LEFT[case]
    code, notes = Project(tmp_path).code(f"# first line\n{before}\n")

    assert code == f"# first line\n{before}\n"
    (line, text), *_ = notes
    assert line == before.count("\n") + 2 if "value" in case else line == 2
    assert told in text


def test_a_statement_is_divided_where_a_name_stays(tmp_path):
    """Names that stay keep an import of their own, beside those that move."""
    code, notes = Project(tmp_path).code("from aws_lambda_powertools import Logger, __version__\n")

    assert code == ("from lambda_powertools.logger import Logger\nfrom aws_lambda_powertools import __version__\n")
    assert len(notes) == 1


def test_the_old_import_stays_for_what_stays(tmp_path):
    """An import is kept beside the new one where something that has no new place is reached through it."""
    code, notes = Project(tmp_path).code(
        """
        import aws_lambda_powertools.logging
        import aws_lambda_powertools.shared.version
        print(aws_lambda_powertools.logging.Logger, aws_lambda_powertools.shared.version.VERSION)
        """
    )

    assert code.splitlines() == [
        "import aws_lambda_powertools.logging",
        "import lambda_powertools.logger",
        "import aws_lambda_powertools.shared.version",
        "print(lambda_powertools.logger.Logger, aws_lambda_powertools.shared.version.VERSION)",
    ]
    assert [line for line, _ in notes] == [2, 3]
