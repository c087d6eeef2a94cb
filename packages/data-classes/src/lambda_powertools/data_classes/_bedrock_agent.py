"""What the two kinds of action groups of a Bedrock agent have in common."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import required
from lambda_powertools.data_classes._wrapper import DictWrapper


class Agent(DictWrapper):
    """The agent that asks."""

    name = required("name", str)
    id = required("id", str)
    alias = required("alias", str)
    version = required("version", str)


class Value(DictWrapper):
    """Something that the agent got out of the conversation."""

    name = required("name", str)
    type = required("type", str)
    value = required("value", str)
