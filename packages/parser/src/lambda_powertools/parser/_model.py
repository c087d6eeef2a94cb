"""The base of the models in `models`."""

from pydantic import BaseModel, ConfigDict


class EventModel(BaseModel):
    """A model whose validator is built when it is first used.

    An event is made of many models, of which a function uses the outermost: the others are built as parts of it.
    """

    model_config = ConfigDict(defer_build=True)
