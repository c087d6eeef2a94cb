import asyncio
import contextvars
import threading
from contextlib import suppress

from lambda_powertools.logger import Logger
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter


def in_thread(function):
    """Run a function in a thread of its own, and return what it returned."""
    results = []
    thread = threading.Thread(target=lambda: results.append(function()))
    thread.start()
    thread.join()
    return results[0]


def test_appended_keys_stay_until_removed(logger, output, service):
    """LOG-70: they are in every record of all loggers of the service, and unknown names can be removed, too."""
    logger.append_keys(a=1, b=2)
    Logger(service=service).info("x")
    logger.append_keys(b=3)
    logger.remove_keys(["a", "unknown"])
    logger.info("y")
    first, second = output.records
    assert (first["a"], first["b"]) == (1, 2)
    assert second["b"] == 3
    assert "a" not in second


def test_context_keys_end_with_their_block(logger, output):
    """LOG-71: present inside, gone outside, also when the block raises."""
    with suppress(ValueError), logger.append_context_keys(step="charge"):
        logger.info("inside")
        raise ValueError
    logger.info("outside")
    assert [record.get("step") for record in output.records] == ["charge", None]


def test_context_keys_give_back_what_they_covered(logger, output):
    """LOG-71: a key that existed before has its value again after the block, nested blocks included."""
    logger.append_keys(step="before")
    with logger.append_context_keys(step="outer", other=1):
        with logger.append_context_keys(step="inner"):
            logger.info("x")
        logger.info("x")
    logger.info("x")
    assert [record["step"] for record in output.records] == ["inner", "outer", "before"]
    assert ["other" in record for record in output.records] == [True, True, False]


def test_change_inside_a_block_is_visible_and_lasts(logger, output):
    """LOG-71: append_keys and remove_keys inside a block act at once, and after it."""
    with logger.append_context_keys(a="block", b="block"):
        logger.append_keys(a="appended")
        logger.remove_keys(["b"])
        logger.info("inside")
    logger.info("outside")
    assert [(record["a"], "b" in record) for record in output.records] == [("appended", False)] * 2


def test_clear_state_inside_a_block_removes_its_keys(logger, output):
    """LOG-74: context keys are gone, and do not come back with the end of an inner block."""
    with logger.append_context_keys(outer=1):
        with logger.append_context_keys(inner=1):
            logger.clear_state()
            logger.info("x")
        logger.info("x")
    logger.info("x")
    assert not any({"outer", "inner"} & record.keys() for record in output.records)


def test_context_keys_are_those_of_one_thread(logger):
    """LOG-71: a block in one thread is not seen in another."""
    with logger.append_context_keys(step="charge"):
        assert "step" not in in_thread(logger.get_current_keys)
        assert logger.get_current_keys()["step"] == "charge"


def test_context_keys_are_those_of_one_task(logger):
    """LOG-71: blocks that overlap in tasks do not disturb each other."""

    async def work(number, started, go):
        with logger.append_context_keys(number=number):
            started.set()
            await go.wait()
            return logger.get_current_keys()["number"]

    async def main():
        go = asyncio.Event()
        events = [asyncio.Event() for _ in range(3)]
        tasks = [asyncio.create_task(work(number, event, go)) for number, event in enumerate(events)]
        for event in events:
            await event.wait()
        go.set()
        return await asyncio.gather(*tasks)

    assert asyncio.run(main()) == [0, 1, 2]


def test_context_keys_are_those_of_one_formatter(make, service):
    """LOG-71: a block of one service does not show in another."""
    logger, other = make(), Logger(service=f"{service}-other")
    with logger.append_context_keys(step=1), other.append_context_keys(other=2):
        assert logger.get_current_keys().get("step") == 1
        assert "other" not in logger.get_current_keys()
        assert "step" not in other.get_current_keys()


def test_block_left_in_another_context_undoes_nothing_there(logger):
    """LOG-71: a generator's block that is closed elsewhere does not harm the keys there."""
    block = logger.append_context_keys(step="elsewhere")
    contextvars.copy_context().run(block.__enter__)
    with logger.append_context_keys(step="here"):
        block.__exit__(None, None, None)
        assert logger.get_current_keys()["step"] == "here"


def test_current_keys_are_a_copy_with_formats(make, service):
    """LOG-72: standard keys are format strings, and changing the copy changes nothing."""
    logger = make(team="payment")
    keys = logger.get_current_keys()
    assert keys == {
        "level": "%(levelname)s",
        "location": "%(funcName)s:%(lineno)d",
        "message": None,
        "timestamp": "%(asctime)s",
        "service": service,
        "sampling_rate": None,
        "team": "payment",
    }
    assert logger.registered_formatter.log_format == keys
    keys.clear()
    assert logger.get_current_keys()["team"] == "payment"


def test_thread_safe_keys_are_seen_by_every_logger_of_the_thread(make, output, service):
    """LOG-73: they belong to the thread, not to a logger, and other threads do not see them."""
    logger = make()
    logger.thread_safe_append_keys(a=1, b=2)
    Logger(service=f"{service}-other", stream=output).info("x")
    assert output.last["a"] == 1
    assert logger.thread_safe_get_current_keys() == {"a": 1, "b": 2}
    assert in_thread(logger.thread_safe_get_current_keys) == {}
    logger.thread_safe_remove_keys(["a", "unknown"])
    logger.info("y")
    assert "a" not in output.last
    logger.thread_safe_clear_keys()
    logger.info("z")
    assert "b" not in output.last


def test_the_two_kinds_of_keys_do_not_remove_each_other(logger):
    """LOG-73: remove_keys leaves thread-safe keys alone, and the other way round."""
    logger.append_keys(a="appended")
    logger.thread_safe_append_keys(a="thread")
    logger.remove_keys(["a"])
    assert logger.thread_safe_get_current_keys() == {"a": "thread"}
    logger.append_keys(a="appended")
    logger.thread_safe_remove_keys(["a"])
    assert logger.get_current_keys()["a"] == "appended"


def test_task_cannot_change_the_keys_of_its_parent(logger):
    """LOG-73: a child task inherits the keys, and its changes are its own."""

    async def child():
        logger.thread_safe_append_keys(a="child", b=1)
        return logger.thread_safe_get_current_keys()

    async def main():
        logger.thread_safe_append_keys(a="parent")
        return await asyncio.create_task(child()), logger.thread_safe_get_current_keys()

    assert asyncio.run(main()) == ({"a": "child", "b": 1}, {"a": "parent"})


def test_thread_safe_keys_are_given_as_a_copy(logger):
    """LOG-73: neither the keys nor the empty default can be changed from outside."""
    logger.thread_safe_get_current_keys()["leak"] = 1
    assert logger.thread_safe_get_current_keys() == {}
    assert in_thread(logger.thread_safe_get_current_keys) == {}


def test_clear_state_returns_to_construction(make, output):
    """LOG-74: formats and constructor keys stay; appended, thread-safe, correlation and context keys go."""
    logger = make(team="payment", location="%(funcName)s", sampling_rate=0)
    logger.append_keys(a=1, team="changed")
    logger.thread_safe_append_keys(b=1)
    logger.set_correlation_id("c")
    logger.remove_keys(["service", "timestamp"])
    logger.clear_state()
    logger.info("x")
    record = output.last
    assert (record["team"], record["service"], record["sampling_rate"]) == ("payment", logger.service, 0)
    assert record["location"] == "test_clear_state_returns_to_construction"
    assert not {"a", "b", "correlation_id"} & record.keys()
    assert "timestamp" in record


def test_clear_state_keeps_constructor_keys_with_a_given_formatter(service, output):
    """LOG-74: service and keyword keys of Logger survive with a formatter of the user's, too."""
    formatter = LambdaPowertoolsFormatter(own=1)
    logger = Logger(service=service, stream=output, logger_formatter=formatter, team="payment")
    logger.append_keys(a=1)
    logger.clear_state()
    logger.info("x")
    record = output.last
    assert (record["own"], record["team"], record["service"]) == (1, "payment", service)
    assert "a" not in record


def test_correlation_id_is_a_key(logger, output):
    """LOG-64: set, get, and removed by None."""
    assert logger.get_correlation_id() is None
    logger.set_correlation_id("c-1")
    logger.info("x")
    assert logger.get_correlation_id() == output.last["correlation_id"] == "c-1"
    logger.set_correlation_id(None)
    logger.info("y")
    assert "correlation_id" not in output.last


def test_update_formatter_is_append_keys():
    """The former name of append_keys still works on the formatter."""
    formatter = LambdaPowertoolsFormatter()
    formatter.update_formatter(a=1)
    assert formatter.get_current_keys()["a"] == 1


def test_changed_keys_are_written_whatever_they_were(make, output):
    """Keys that change from plain to other values, to formats, to None and back are written as they are each time."""
    logger = make(plain=1)
    values = ["text", "50%", [1], None, 1.5, float("nan"), True, 1, {"a": 1}, "text"]
    for value in values:
        logger.append_keys(plain=value, **{f"new {value}": 1})
        logger.info("x", statement=value)
        logger.info("y", plain="statement")
    written = [record.get("plain") for record in output.records[::2]]
    assert written == ["text", "50%", [1], None, 1.5, "nan", True, 1, {"a": 1}, "text"]
    assert [type(value) for value in written[6:8]] == [bool, int]
    assert {record["plain"] for record in output.records[1::2]} == {"statement"}
    assert all(f"new {value}" in output.last for value in values)


def test_appending_and_removing_follow_each_other(make, output):
    """However keys are appended and removed between two records, the next one has what is left, in order."""
    logger = make(a=1)
    logger.info("x")
    logger.append_keys(b=2)
    logger.append_keys(c=3, a=4)
    logger.info("x")
    logger.remove_keys(["b"])
    logger.append_keys(timestamp=None)
    logger.append_keys(d="%(levelname)s", location="%(levelname)s")
    logger.info("x")
    assert list(output.records[1])[5:] == ["a", "b", "c"]
    assert [output.records[1][key] for key in "abc"] == [4, 2, 3]
    assert list(output.last) == ["level", "location", "message", "service", "a", "c", "d"]
    assert (output.last["location"], output.last["d"]) == ("INFO", "%(levelname)s")
