"""The trace header of the invocation at hand, and the seam through which core's spans are traced."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from lambda_powertools.core import invocation_scope, spans
from lambda_powertools.core.trace_id import is_sampled, root_of, trace_header, trace_id

ROOT = "1-5759e988-bd862e3fe1be46a994272793"


@pytest.mark.parametrize(
    ("header", "root", "sampled"),
    [
        (f"Root={ROOT};Parent=53995c3f42cd8ad8;Sampled=1", ROOT, True),
        (f"Root={ROOT};Parent=53995c3f42cd8ad8;Sampled=0", ROOT, False),
        (f"Sampled=1;Root={ROOT}", ROOT, True),
        (f" Root = {ROOT} ; Sampled=1 ", ROOT, True),
        (f"Root={ROOT}", ROOT, False),
        (ROOT, ROOT, False),
        ("Self=1-x;Sampled=?", None, False),
        ("Root=;Sampled=1", None, True),
        ("", None, False),
        (None, None, False),
    ],
)
def test_headers_are_read(header, root, sampled):
    """The root is found wherever it stands; a header without is no trace; only Sampled=1 asks to record."""
    assert root_of(header) == root
    assert is_sampled(header) is sampled


def test_the_header_is_the_invocations_else_the_environments(monkeypatch):
    """Inside an invocation its own header counts, outside the environment variable."""
    assert (trace_header(), trace_id()) == (None, None)
    monkeypatch.setenv("_X_AMZN_TRACE_ID", f"Root={ROOT}")
    assert trace_id() == ROOT

    with invocation_scope({}, None) as invocation:
        invocation.trace_header = "Root=1-other"
        assert (trace_header(), trace_id()) == ("Root=1-other", "1-other")
        invocation.trace_header = None
        assert trace_id() is None


@pytest.fixture
def factory():
    """A registered span factory that writes down what it is asked for; removed afterwards."""
    journal = []

    @contextmanager
    def span(name):
        journal.append(f"open {name}")
        try:
            yield
        except BaseException as error:
            journal.append(f"failed {error!r}")
            raise
        finally:
            journal.append(f"close {name}")

    span.journal = journal
    spans.register_span_factory(span)
    yield span
    spans.register_span_factory(None)


def test_a_span_without_a_factory_does_nothing():
    """Where no tracing package is, a span is a block like any other."""
    assert not spans.has_span_factory()
    with spans.span("anything"):
        pass


def test_spans_are_opened_by_the_registered_factory(factory):
    """A tracing package registers how spans are opened, and sees name, end and failure of each."""
    assert spans.has_span_factory()
    with pytest.raises(KeyError), spans.span("work"):
        raise KeyError("inside")

    assert factory.journal == ["open work", "failed KeyError('inside')", "close work"]


def test_followers_are_told_of_each_provider_once():
    """Who follows hears of every provider that is registered, and of its removal; following twice is following once."""
    heard = []
    spans.follow_tracing_provider(heard.append)
    spans.follow_tracing_provider(heard.append)
    try:
        assert spans.register_tracing_provider("first") is None
        assert spans.tracing_provider() == "first"
        assert spans.register_tracing_provider(None) == "first"
    finally:
        spans._followers.remove(heard.append)

    assert heard == ["first", None]
