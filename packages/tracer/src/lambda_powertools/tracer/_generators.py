"""Records generators and the context managers made of them: open from the first step to the last."""

from __future__ import annotations

import contextlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
    from typing import Any

    from lambda_powertools.tracer._capture import Capture
    from lambda_powertools.tracer._recording import SuspendableRecording


def wrap_generator(capture: Capture, method: Callable[..., Any]) -> Callable[..., Any]:
    """Surround the life of each generator with its recording."""

    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        recording = capture.record_suspendable()
        recording.open()
        try:
            response = yield from _steps(recording, method(*args, **kwargs))
        except GeneratorExit:  # the consumer has had enough, which is no fault
            recording.close()
            raise
        except BaseException as error:
            capture.note_error(recording, error)
            recording.close(error)
            raise
        capture.note_response(recording, response)
        recording.close()
        return response

    return wrapper


def _steps(recording: SuspendableRecording, generator: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """Do as `yield from generator` does, with the recording suspended while the consumer works."""
    step: Callable[..., Any] = generator.__next__
    argument: tuple[Any, ...] = ()
    while True:
        try:
            value = step(*argument)
        except StopIteration as end:
            return end.value
        recording.suspend()
        try:
            sent = yield value
        except GeneratorExit:
            recording.resume()
            generator.close()
            raise
        except BaseException as error:  # noqa: BLE001  # whatever is thrown in goes on to the generator
            step, argument = generator.throw, (error,)
        else:
            step, argument = generator.send, (sent,)
        recording.resume()


def wrap_async_generator(capture: Capture, method: Callable[..., Any]) -> Callable[..., Any]:
    """Surround the life of each asynchronous generator with its recording."""

    async def wrapper(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        recording = capture.record_suspendable()
        await recording.open_async()
        try:
            generator = method(*args, **kwargs)
            step: Callable[..., Any] = generator.__anext__
            argument: tuple[Any, ...] = ()
            while True:
                try:
                    value = await step(*argument)
                except StopAsyncIteration:
                    break
                recording.suspend()
                try:
                    sent = yield value
                except GeneratorExit:
                    recording.resume()
                    await generator.aclose()
                    raise
                except BaseException as error:  # noqa: BLE001  # whatever is thrown in goes on to the generator
                    step, argument = generator.athrow, (error,)
                else:
                    step, argument = generator.asend, (sent,)
                recording.resume()
        except GeneratorExit:  # the consumer has had enough, which is no fault
            await recording.close_async()
            raise
        except BaseException as error:
            capture.note_error(recording, error)
            await recording.close_async(error)
            raise
        await recording.close_async()

    return wrapper


def wrap_context_manager(capture: Capture, method: Callable[..., Any]) -> Callable[..., Any]:
    """Surround each `with` block of a context manager with its recording."""

    def wrapper(*args: Any, **kwargs: Any) -> Iterator[Any]:
        recording = capture.record()
        if recording is None:
            with method(*args, **kwargs) as value:
                yield value
            return
        recording.open()
        try:
            with method(*args, **kwargs) as value:
                yield value
        except GeneratorExit:  # the block was left behind, which is no fault
            recording.close()
            raise
        except BaseException as error:
            capture.note_error(recording, error)
            recording.close(error)
            raise
        capture.note_response(recording, value)
        recording.close()

    return contextlib.contextmanager(wrapper)


def wrap_async_context_manager(capture: Capture, method: Callable[..., Any]) -> Callable[..., Any]:
    """Surround each `async with` block of a context manager with its recording."""

    async def wrapper(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        recording = capture.record()
        if recording is None:
            async with method(*args, **kwargs) as value:
                yield value
            return
        await recording.open_async()
        try:
            async with method(*args, **kwargs) as value:
                yield value
        except GeneratorExit:  # the block was left behind, which is no fault
            await recording.close_async()
            raise
        except BaseException as error:
            capture.note_error(recording, error)
            await recording.close_async(error)
            raise
        capture.note_response(recording, value)
        await recording.close_async()

    return contextlib.asynccontextmanager(wrapper)
