from __future__ import annotations

import base64
import subprocess
import sys

import jmespath
import pytest
from jmespath.exceptions import EmptyExpressionError, IncompleteExpressionError, LexerError, ParseError

from lambda_powertools.core import PowertoolsError
from lambda_powertools.jmespath import (
    InvalidEnvelopeExpressionError,
    compile_expression,
    exceptions,
    expressions,
    extract_data_from_envelope,
    query,
)

WRONG = [
    pytest.param("a%b", LexerError, id="lexer"),
    pytest.param("a b", ParseError, id="parser"),
    pytest.param("[", IncompleteExpressionError, id="incomplete"),
    pytest.param("", EmptyExpressionError, id="empty"),
    pytest.param(None, EmptyExpressionError, id="none"),
    pytest.param(True, TypeError, id="bool"),
    pytest.param(3, TypeError, id="number"),
    pytest.param(["a"], TypeError, id="list"),
]


@pytest.mark.parametrize(("expression", "cause"), WRONG)
@pytest.mark.parametrize("use", [compile_expression, lambda expression: query({}, expression)], ids=["early", "late"])
def test_wrong_expression_is_one_error_with_its_cause(use, expression, cause):
    """JMS-20, 21, 30: whatever is wrong with an expression is one exception, jmespath's own chained to it."""
    with pytest.raises(InvalidEnvelopeExpressionError) as caught:
        use(expression)

    assert type(caught.value.__cause__) is cause
    assert repr(expression) in str(caught.value) or expression is None


@pytest.mark.parametrize("options", [{"colour": "red"}, {"dict_cls": dict, "x": 1}], ids=repr)
def test_unknown_option_is_the_same_error(options):
    """JMS-20: a keyword that jmespath does not know is named, with the expression."""
    with pytest.raises(InvalidEnvelopeExpressionError, match="'a.b'.*(colour|x)") as caught:
        query({}, "a.b", options)

    assert isinstance(caught.value.__cause__, TypeError)


@pytest.mark.parametrize("function", ["powertools_base64", "powertools_json(powertools_base64"])
def test_decoded_bytes_that_are_no_text_are_the_same_error(function):
    """JMS-20: bytes that are not UTF-8 are an error that names expression and type, never the data."""
    secret = base64.b64encode(b"\xffsecret").decode()
    expression = f"{function}(a)" + ")" * function.count("(")

    with pytest.raises(InvalidEnvelopeExpressionError, match="in a dict") as caught:
        query({"a": secret}, expression)

    assert isinstance(caught.value.__cause__, UnicodeError)
    assert expression in str(caught.value)
    assert secret not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_error_has_one_class_under_the_root():
    """The class is one object wherever it is imported from, and a PowertoolsError."""
    assert InvalidEnvelopeExpressionError is exceptions.InvalidEnvelopeExpressionError
    assert issubclass(InvalidEnvelopeExpressionError, PowertoolsError)


def test_compiled_expression_can_be_used_again():
    """JMS-30: the function that comes back evaluates on each call, with the built-in functions."""
    find = compile_expression("powertools_json(body).id")

    assert [find({"body": '{"id": 1}'}), find({"body": '{"id": 2}'}), find({"body": "{}"})] == [1, 2, None]


def test_expression_is_compiled_once(monkeypatch):
    """JMS-30: a second query with the same expression parses nothing."""
    query({}, "compiled_once")

    def refuse(expression):
        raise AssertionError(expression)

    monkeypatch.setattr(jmespath, "compile", refuse)

    assert query({"compiled_once": 1}, "compiled_once") == 1
    assert query({"compiled_once": 1}, "compiled_once", {"dict_cls": dict}) == 1


def test_number_of_compiled_expressions_is_bounded():
    """Generated expressions do not pile up."""
    for number in range(expressions.MAX_COMPILED * 2):
        query({}, f"generated_{number}")

    assert expressions._compiled.cache_info().currsize <= expressions.MAX_COMPILED == 128


def test_old_name_warns_and_does_the_same():
    """JMS-12: the old name answers as query does, with a deprecation warning that points to its caller."""
    with pytest.warns(DeprecationWarning, match="extract_data_from_envelope.*deprecated in V3.*query") as caught:
        result = extract_data_from_envelope({"body": "1"}, "powertools_json(body)")

    assert result == 1
    assert caught[0].filename == __file__


ALONE = """
import sys
sys.modules["lambda_powertools.core"] = None
import warnings
from lambda_powertools import jmespath as package
assert "jmespath" not in sys.modules and "lambda_powertools.jmespath.exceptions" not in sys.modules
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    assert package.extract_data_from_envelope({"a": 1}, "a") == 1
assert caught[0].category is DeprecationWarning
try:
    package.query({}, "[")
except package.InvalidEnvelopeExpressionError as error:
    assert type(error).__mro__[1] is Exception
else:
    raise AssertionError
"""


def test_package_works_without_core():
    """JMS-12: where core is not installed, the warning and the error are Python's own kind."""
    subprocess.run([sys.executable, "-c", ALONE], check=True)


def test_envelopes_import_nothing():
    """Who wants the constants alone does not pay for jmespath."""
    code = (
        "import sys; before = set(sys.modules); from lambda_powertools.jmespath import envelopes; "
        "print(sorted(m for m in set(sys.modules) - before if 'jmespath' not in m or '.' not in m))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert "'jmespath'" not in loaded
    assert "gzip" not in loaded
