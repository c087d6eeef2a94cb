"""What holds for any code: migrating twice changes nothing more, and the new names are the same objects as the old."""

from __future__ import annotations

import importlib
import importlib.util
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lambda_powertools.cli._migrate.code import UnkeptCodeError, migrate_code
from lambda_powertools.cli._migrate.decorators import merge_decorators
from lambda_powertools.cli._migrate.lookup import find_name
from lambda_powertools.cli._migrate.table import GONE, KEPT, MODULES, NAMES, OLD

NAMED = sorted({*NAMES, *(key for key in (*KEPT, *GONE) if ":" in key)})
NAMES_OF = {
    OLD: ["Logger", "Metrics", "Tracer", "single_metric", "logging", "utilities", "metrics", "Unknown", "__version__"],
    f"{OLD}.utilities": ["parameters", "batch", "validation", "typing", "jmespath_utils"],
    f"{OLD}.utilities.batch": ["BatchProcessor", "EventType", "base", "types"],
    f"{OLD}.utilities.validation": ["validate", "validator", "envelopes"],
    f"{OLD}.shared.functions": ["base64_decode", "resolve_max_age", "sanitize_xray_segment_name"],
    f"{OLD}.utilities.kafka.kafka_consumer": ["kafka_consumer", "ReturnT"],
    **{key.partition(":")[0]: [key.partition(":")[2], "Other"] for key in NAMED},
}
names = st.sampled_from(["x", "y", "pt", "logging", "Logger"])


@st.composite
def from_imports(draw):
    """An import of names, in one of its shapes."""
    module = draw(st.sampled_from(sorted(NAMES_OF)))
    imported = draw(st.lists(st.sampled_from(NAMES_OF[module]), min_size=1, max_size=4, unique=True))
    parts = [f"{name} as {draw(names)}" if draw(st.booleans()) else name for name in imported]
    shape = draw(st.sampled_from(["plain", "parentheses", "lines", "last"]))
    if shape == "plain":
        return f"from {module} import {', '.join(parts)}{draw(st.sampled_from(['', '  # note', '  # noqa: F401']))}"
    if shape == "parentheses":
        return f"from {module} import ({', '.join(parts)})"
    comments = [draw(st.sampled_from(["", "  # why"])) for _ in parts]
    lines = [f"    {part},{comment}" for part, comment in zip(parts, comments, strict=True)]
    if shape == "last":
        lines[-1] = f"    {parts[-1]}{comments[-1]}"
    return "\n".join([f"from {module} import (", *lines, ")"])


@st.composite
def plain_imports(draw):
    """An import of modules."""
    modules = draw(st.lists(st.sampled_from([OLD, "os", *sorted(MODULES)]), min_size=1, max_size=3, unique=True))
    return "import " + ", ".join(f"{m} as {draw(names)}" if draw(st.booleans()) else m for m in modules)


@st.composite
def uses(draw):
    """A statement that reaches something through what may be imported."""
    dotted = draw(st.sampled_from([OLD, "x", "y", "pt", *sorted(MODULES), *(n.replace(":", ".") for n in NAMED)]))
    tail = draw(st.sampled_from(["", ".Logger", ".base.BatchProcessor", ".logging.Logger().info"]))
    shape = draw(st.sampled_from(["a = {}", "print({})", "patch('{}')", "b = '{}'", "def f(x, pt): return {}"]))
    return shape.format(dotted + tail)


@st.composite
def programs(draw):
    """A program of imports and of what uses them, at the top level and in functions."""
    lines = draw(st.lists(st.one_of(from_imports(), plain_imports(), uses()), min_size=1, max_size=6))
    blocks = []
    for number, line in enumerate(lines):
        if draw(st.integers(0, 3)) == 0:
            inner = line.replace("\n", "\n    ")
            blocks.append(f"def g{number}():\n    {inner}")
        else:
            blocks.append(line)
    return "\n".join(blocks) + draw(st.sampled_from(["\n", ""]))


@settings(deadline=None, max_examples=50)
@given(programs())
@example("from aws_lambda_powertools import (Logger, Tracer,)\n")
@example("import aws_lambda_powertools as x\nx = x.Logger\n")
def test_migrating_again_changes_nothing(code):
    """The result is Python, and what was left is left by a second run as well."""
    once = migrate_code(code)
    compile(once.code, "migrated", "exec")
    twice = migrate_code(once.code)

    assert twice.code == once.code
    assert merge_decorators(once.code).code == once.code


@settings(deadline=None)
@given(st.text(st.sampled_from("ab \t\n#'\"()=:,.;\\\r\x0cé"), max_size=60))
def test_code_of_others_stays_byte_for_byte(text):
    """What does not import the original is written as it was read, or refused."""
    try:
        compile(text, "text", "exec")
    except (SyntaxError, ValueError):
        return
    from libcst import ParserSyntaxError

    try:
        migrated = migrate_code(text)
    except (ParserSyntaxError, UnkeptCodeError):
        return  # what the library reads and the interpreter does differs in corners; the file is then named
    assert migrated.code == text


MOVED = [
    f"{module}:{name}"
    for module, listed in sorted(NAMES_OF.items())
    for name in listed
    if name not in {"Unknown", "Other"} and find_name(module, name).kind in ("moved", "module")
]


@pytest.mark.skipif(
    importlib.util.find_spec("aws_lambda_powertools") is None, reason="lambda-powertools-compat is not installed"
)
@pytest.mark.parametrize("entry", MOVED)
def test_a_migrated_import_gives_the_same_object(entry):
    """What the new import gives is what the old path of lambda-powertools-compat gives."""
    module, _, name = entry.partition(":")
    before = f"from {module} import {name} as thing"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        old, new = {}, {}
        try:
            exec(migrate_code(before).code, new)  # noqa: S102  # code of this test
        except ImportError as error:
            pytest.skip(f"not built yet: {error}")
        exec(before, old)  # noqa: S102  # the same

    if not hasattr(old["thing"], "__path__") and type(old["thing"]).__name__ != "module":
        assert new["thing"] is old["thing"]


@pytest.mark.skipif(
    importlib.util.find_spec("aws_lambda_powertools") is None, reason="lambda-powertools-compat is not installed"
)
@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_name_of_a_module_is_where_it_is_looked_up(module):
    """All that an old path gives, its names and the modules below it, is the same object at the path found for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            importlib.import_module(MODULES[module])
        except ImportError as error:
            pytest.skip(f"not built yet: {error}")
        old = importlib.import_module(module)
        for name in getattr(old, "__all__", ()):
            found = find_name(module, name)
            if found.kind == "moved":
                new = getattr(importlib.import_module(found.module), found.name)
                assert new is getattr(old, name), (name, found)
