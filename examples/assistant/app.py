"""A library's tools for models: one definition, three ways to call them.

From the repository's root: `powertools serve examples.assistant.app:handler`, then point a client of the Model Context
Protocol at http://127.0.0.1:3000/mcp. Agents of Amazon Bedrock call the same handler.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lambda_powertools.core import powertools
from lambda_powertools.event_handler import APIGatewayHttpResolver
from lambda_powertools.logger import Logger
from lambda_powertools.tools import Toolbox, ToolContext, ToolError

logger = Logger(service="library")
toolbox = Toolbox("library", title="City library", instructions="Look a book up before it is lent.")


class Book(BaseModel):
    """A book of the library."""

    number: int
    title: str
    genre: Literal["novel", "science"]
    lent_to: str | None = None


BOOKS = {
    1: Book(number=1, title="The Waves", genre="novel"),
    2: Book(number=2, title="Opticks", genre="science"),
    3: Book(number=3, title="Emma", genre="novel", lent_to="ada"),
}


@toolbox.tool(read_only=True)
def find_books(words: list[str], genre: Literal["novel", "science"] | None = None) -> list[Book]:
    """Find books by words of their title.

    Args:
        words: words, each of which has to be in the title.
        genre: only books of this genre.
    """
    return [
        book
        for book in BOOKS.values()
        if all(word.lower() in book.title.lower() for word in words) and genre in (None, book.genre)
    ]


@toolbox.tool(destructive=True)
def lend_book(number: Annotated[int, Field(ge=1)], reader: str, context: ToolContext) -> Book:
    """Lend a book to a reader.

    Args:
        number: number of the book.
        reader: name of the reader.
    """
    book = BOOKS.get(number)
    if book is None:
        raise ToolError(f"There is no book {number}.")
    if book.lent_to is not None:
        raise ToolError(f"{book.title} is lent already.")
    logger.info("lent", number=number, caller=context.caller)
    context.session_attributes["last_book"] = str(number)
    return book.model_copy(update={"lent_to": reader})  # an example forgets


@toolbox.tool(title="Opening hours", read_only=True)
async def opening_hours(day: Literal["weekday", "weekend"] = "weekday") -> dict[str, int]:
    """Tell when the library is open, as hours of the day."""
    return {"from": 9, "to": 20} if day == "weekday" else {"from": 10, "to": 16}


app = APIGatewayHttpResolver()
app.include_router(toolbox.mcp_router("/mcp"))
functions = toolbox.bedrock_functions()
actions = toolbox.bedrock_actions()


@powertools(event_handler=app)
def handler(event, context):
    """Answer agents of Bedrock; requests of the HTTP API go to the app."""
    agent = actions if "apiPath" in event else functions
    return agent.resolve(event, context)
