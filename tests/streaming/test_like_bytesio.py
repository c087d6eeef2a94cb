from __future__ import annotations

import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambda_powertools.streaming import S3Object

_RANDOM = random.Random(11)  # noqa: S311  # the same content in every run
CONTENT = b"".join(_RANDOM.randbytes(_RANDOM.randrange(3000)) + b"\n" for _ in range(400))
SIZE = len(CONTENT)

sizes = st.one_of(st.none(), st.integers(-1, 300), st.integers(0, SIZE + 10))
steps = st.one_of(
    st.tuples(st.just("read"), sizes),
    st.tuples(st.just("readline"), sizes),
    st.tuples(st.just("readlines"), st.one_of(st.none(), st.integers(-1, 20_000))),
    st.tuples(st.just("next"), st.integers(1, 40)),
    st.tuples(st.just("seek"), st.integers(0, SIZE + 200_000), st.just(io.SEEK_SET)),
    st.tuples(st.just("seek"), st.integers(-300_000, 300_000), st.just(io.SEEK_CUR)),
    st.tuples(st.just("seek"), st.integers(-SIZE, 1000), st.just(io.SEEK_END)),
)


def perform(stream, step):
    name, *arguments = step
    if name == "next":
        return [next(stream, b"") for _ in range(arguments[0])]
    if name == "seek" and arguments[1] == io.SEEK_CUR:
        return stream.seek(max(0, stream.tell() + arguments[0]))
    return getattr(stream, name)(*arguments)


@pytest.mark.parametrize("options", [{}, {"read_ahead": 2, "part_size": 100_000}], ids=["one request", "read ahead"])
@given(steps=st.lists(steps, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_steps_is_that_of_bytesio(put, s3, steps, options):
    """STR-3 to STR-8: whatever is read, sought and iterated gives what io.BytesIO gives, and the same position."""
    expected = io.BytesIO(CONTENT)
    with S3Object(*put(CONTENT, "like-bytesio"), boto3_client=s3, **options) as stream:
        for step in steps:
            assert perform(stream, step) == perform(expected, step)
            assert stream.tell() == expected.tell()
