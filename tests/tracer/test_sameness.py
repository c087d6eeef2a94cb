"""The tracer opens, writes and sends subsegments itself, and nobody can tell from what the daemon receives."""

from __future__ import annotations

import pytest

VOLATILE = {"id", "parent_id", "start_time", "end_time"}
REPLACEMENTS = {
    "the recorder's method": """
begin = recorder.begin_subsegment
recorder.begin_subsegment = lambda *args, **options: seen(begin(*args, **options))
""",
    "the recorder's class": """
kind = type(recorder).__mro__[1]
begin = kind.begin_subsegment
kind.begin_subsegment = lambda *args, **options: seen(begin(*args, **options))
""",
    "streaming": """
from aws_xray_sdk.core.streaming.default_streaming import DefaultStreaming
class Streaming(DefaultStreaming):
    def stream(self, entity, callback):
        super().stream(entity, lambda subsegment: callback(seen(subsegment)))
recorder.configure(streaming=Streaming(0))
""",
    "the context": """
from aws_xray_sdk.core.lambda_launcher import LambdaContext
class Context(LambdaContext):
    def put_subsegment(self, subsegment):
        super().put_subsegment(seen(subsegment))
recorder.configure(context=Context())
""",
    "the emitter": """
from aws_xray_sdk.core.emitters.udp_emitter import UDPEmitter
class Emitter(UDPEmitter):
    def send_entity(self, entity):
        super().send_entity(seen(entity))
emitter = Emitter()
emitter.set_daemon_address(os.environ["AWS_XRAY_DAEMON_ADDRESS"])
recorder.configure(emitter=emitter)
""",
    "the emitter's method": "recorder.emitter.send_entity = lambda e, _o=recorder.emitter.send_entity: _o(seen(e))",
    "the subsegment's method": """
from aws_xray_sdk.core.models.subsegment import Subsegment
Subsegment.serialize = lambda self, _o=Subsegment.serialize: _o(seen(self))
""",
}


def told(trace):
    """Return what documents say, with the names of parents for ids, in an order that does not depend on time."""
    names = {document["id"]: document["name"] for document in trace.documents}
    said = []
    for document in trace.documents:
        kept = {name: value for name, value in document.items() if name not in VOLATILE}
        if isinstance(kept.get("cause"), str):  # the id of an exception that a child has told of
            kept["cause"] = "an id"
        elif "cause" in kept:
            kept["cause"]["exceptions"] = [{**exception, "id": "an id"} for exception in kept["cause"]["exceptions"]]
        said.append({**kept, "parent": names.get(document["parent_id"], document["parent_id"])})
    return sorted(map(repr, said))


@pytest.fixture(scope="module")
def direct(run_in_lambda):
    """The trace of every case, with what the tracer does by itself."""
    return run_in_lambda("sameness.py")


@pytest.fixture(scope="module")
def recorded(run_in_lambda):
    """The same by way of the SDK's recorder."""
    return run_in_lambda("sameness.py", "recorder")


@pytest.fixture(scope="module")
def asked(run_in_lambda):
    """The same with somebody who asks for the subsegments, so that they become entities of the SDK."""
    return run_in_lambda("sameness.py", "asked")


@pytest.mark.parametrize("way", ["direct", "asked"])
def test_documents_are_the_same(way, recorded, request):
    """TRC-20..23, 40, 41, 44: field by field but ids and times, whether or not the recorder has a part in it."""
    ours = request.getfixturevalue(way)
    assert ours.printed.keys() == recorded.printed.keys()
    for case, (trace_id, result) in ours.printed.items():
        if case == "is_told":
            continue
        assert told(ours.of(trace_id)) == told(recorded.of(trace_id)), case
        assert repr(result) == repr(recorded.printed[case][1]), case


def test_every_field_of_a_document_is_there(direct, recorded):
    """TRC-21: the documents compared have the same fields, which the recorder's are known to have."""
    trace_id, _ = direct.printed["returns_dict"]
    ours, theirs = (trace.of(trace_id).documents[0] for trace in (direct, recorded))

    assert ours.keys() == theirs.keys() >= {"id", "name", "start_time", "end_time", "trace_id", "metadata", "type"}
    assert {name: type(value) for name, value in ours.items()} == {name: type(value) for name, value in theirs.items()}


def test_the_two_ways_are_two(direct, recorded):
    """The comparison is of what it says: only by way of the recorder is a subsegment of the SDK's very class."""
    assert (direct.printed["is_told"][1], recorded.printed["is_told"][1]) == (False, True)


def test_what_the_sdk_says_is_the_same(direct, recorded):
    """TRC-41: its complaints about annotations and metadata that it drops."""
    said, expected = (
        {line for line in trace.stderr.splitlines() if line.startswith(("ignoring", "Prefix", "Failed"))}
        for trace in (direct, recorded)
    )

    assert said == expected
    assert any("'1st'" in line for line in said) is False
    assert "ignoring annnotation with unsupported characters in key: 'with space'." in said


@pytest.mark.parametrize("replaced", REPLACEMENTS)
def test_what_somebody_has_replaced_is_called(run_in_lambda, replaced):
    """TRC-9, 47: a part of the SDK that a user has put something else in place of has its say on every subsegment."""
    script = f"""
import os, json
from lambda_powertools.tracer import Tracer
tracer = Tracer()
recorder = tracer.provider
names = []
def seen(subsegment):
    names.append(subsegment.name)
    return subsegment
@tracer.capture_method
def inner(): return 42
@tracer.capture_lambda_handler
def handler(event, context): return inner()
handler(dict(), None)
assert names == []
{REPLACEMENTS[replaced]}
handler(dict(), None)
print(json.dumps(sorted(names)))
"""

    trace = run_in_lambda(script)

    assert trace.printed == ["## __main__.inner", "## handler"]
    assert trace.tree() == [("## handler", [("## __main__.inner", [])])] * 2


def test_a_trace_that_is_not_sampled_sends_nothing_and_has_dummies(run_in_lambda):
    """TRC-45: who asks for the subsegment gets one that takes notes to nowhere, within and without another."""
    script = """
import json
from aws_xray_sdk.core.models.dummy_entities import DummySubsegment
from lambda_powertools.tracer import Tracer
tracer = Tracer()
said = []
@tracer.capture_method
def quiet(): return 1
@tracer.capture_method
def inner():
    entity = tracer.provider.current_subsegment()
    entity.put_annotation("a", 1)
    said.append([entity.name, isinstance(entity, DummySubsegment), entity.sampled, entity.in_progress])
    return quiet()
@tracer.capture_lambda_handler
def handler(event, context): return [quiet(), inner(), quiet()]
assert handler({}, None) == [1, 1, 1]
print(json.dumps(said))
"""
    header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0"

    trace = run_in_lambda(script, _X_AMZN_TRACE_ID=header)

    assert trace.documents == []
    assert trace.printed == [["## __main__.inner", True, False, True]]


def test_a_replaced_way_to_annotate_is_called(run_in_lambda):
    """TRC-40, 47: what a user has put in place of the recorder's method gets every annotation."""
    script = """
import json
from lambda_powertools.tracer import Tracer
tracer = Tracer()
seen = []
tracer.provider.put_annotation = lambda key, value: seen.append([key, value])
@tracer.capture_method
def work(): tracer.put_annotation("a", 1)
work()
print(json.dumps(seen))
"""

    trace = run_in_lambda(script)

    assert trace.printed == [["a", 1]]
    assert "annotations" not in trace.named("## __main__.work")


def test_an_sdk_whose_subsegments_have_more_makes_them_itself(run_in_lambda):
    """An attribute that the SDK adds in another version is in the documents of captured functions too."""
    script = """
from aws_xray_sdk.core.models.subsegment import Subsegment
def initialise(self, *args, _initialise=Subsegment.__init__):
    _initialise(self, *args)
    self.of_the_future = 1
Subsegment.__init__ = initialise
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def inner(): return 1
tracer.capture_method(lambda: inner())()
"""

    trace = run_in_lambda(script)

    assert trace.tree() == [("## __main__.lambda", [("## __main__.inner", [])])]
    assert [document.get("of_the_future") for document in trace.documents] == [1, 1]


def test_what_is_replaced_within_is_called_at_the_end(run_in_lambda):
    """TRC-9: also by the function whose subsegment is open: it is closed by what is there then."""
    script = """
import json
from aws_xray_sdk.core.streaming.default_streaming import DefaultStreaming
from lambda_powertools.tracer import Tracer
tracer = Tracer()
names = []
class Streaming(DefaultStreaming):
    def stream(self, entity, callback):
        names.extend(child.name for child in entity.subsegments)
        super().stream(entity, callback)
@tracer.capture_method
def work(): tracer.provider.configure(streaming=Streaming(0))
work()
print(json.dumps(names))
"""

    trace = run_in_lambda(script)

    assert trace.printed == ["## __main__.work"]
    assert trace.tree() == [("## __main__.work", [])]


def test_a_daemon_that_moves_is_followed(run_in_lambda):
    """The address may be set at any time, as `xray_recorder.configure(daemon_address=…)` does."""
    script = """
import os
from lambda_powertools.tracer import Tracer
tracer = Tracer()
address = os.environ.pop("AWS_XRAY_DAEMON_ADDRESS")
tracer.provider.configure(daemon_address="127.0.0.1:9")
@tracer.capture_method
def work(): pass
work()
tracer.provider.configure(daemon_address=address)
work()
"""

    assert run_in_lambda(script).tree() == [("## __main__.work", [])]


def test_a_document_too_long_for_a_datagram_is_the_sdks_to_complain_of(run_in_lambda):
    """TRC-50, T-2: it is lost, the function is not, and the SDK logs that sending failed."""
    script = """
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def work(): return "x" * 100_000
assert len(work()) == 100_000
"""

    trace = run_in_lambda(script)

    assert trace.documents == []
    assert "Failed to send entity to Daemon." in trace.stderr


def test_an_endless_response_costs_only_its_document(run_in_lambda):
    """TRC-50: what contains itself cannot be written to its end, which the function does not notice."""
    script = """
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def work():
    endless = {}
    endless["self"] = [endless]
    return endless
@tracer.capture_lambda_handler
def handler(event, context):
    result = work()
    assert result["self"][0] is result
    return 42
assert handler({}, None) == 42
"""

    run_in_lambda(script, AWS_XRAY_DAEMON_ADDRESS="127.0.0.1:9")


@pytest.mark.parametrize(
    "header",
    [
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a87bd80c:0",
        "Parent=53995c3f42cd8ad8;Sampled=1;Root=1-5759e988-bd862e3fe1be46a994272793",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1;Extra=2",
        " Root=1-5759e988-bd862e3fe1be46a994272793;Self=1-x;Parent=53995c3f42cd8ad8;Sampled=1 ",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=?",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=;Sampled=1",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage",
        "nonsense",
    ],
)
def test_any_header_means_what_the_sdk_reads_in_it(run_in_lambda, header):
    """TRC-44, 45: trace, parent and sampling of a subsegment are those that the SDK's parser finds."""
    script = """
import json, os
from aws_xray_sdk.core.models.trace_header import TraceHeader
from lambda_powertools.tracer import Tracer
tracer = Tracer()
tracer.capture_method(lambda: None)()
header = TraceHeader.from_header_str(os.environ["_X_AMZN_TRACE_ID"])
origin = tracer.provider.current_segment().get_origin_trace_header()
assert vars(origin) == vars(header)
print(json.dumps([header.root, header.parent, header.sampled]))
"""

    trace = run_in_lambda(script, _X_AMZN_TRACE_ID=header)

    root, parent, sampled = trace.printed
    sent = [(document["trace_id"], document["parent_id"]) for document in trace.documents]
    assert sent == ([(root, parent)] if root and parent and sampled == 1 else [])


def test_forked_processes_have_ids_of_their_own(run_in_lambda):
    """Ids are unique in a trace, also those of processes that begin with the same memory, as forks and snapshots do."""
    script = """
import os, random
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def work(): pass
work()
random.seed(1)
child = os.fork()
random.seed(1)
work()
if child: os.waitpid(child, 0)
"""

    ids = [document["id"] for document in run_in_lambda(script).documents]

    assert len(set(ids)) == len(ids) == 3
