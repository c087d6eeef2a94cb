"""What the bookshop's API takes and gives."""

from __future__ import annotations

from datetime import date  # noqa: TC003  # pydantic reads the annotations
from enum import Enum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Isbn = Annotated[str, Field(pattern=r"^97[89][0-9]{10}$", examples=["9780261103573"])]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Price = Annotated[float, Field(gt=0, le=10_000, examples=[12.5])]


class Strict(BaseModel):
    """Refuses what it does not know: a misspelt field is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class Genre(str, Enum):
    """What a book is shelved under."""

    novel = "novel"
    poetry = "poetry"
    history = "history"
    children = "children"


class AuthorDraft(Strict):
    """An author as a client sends one."""

    name: Annotated[str, Field(min_length=1, max_length=100, examples=["Ursula K. Le Guin"])]
    born: date | None = None


class Author(AuthorDraft):
    """An author the shop knows."""

    id: int


class BookDraft(Strict):
    """A book as a client sends one."""

    isbn: Isbn
    title: Title
    author_id: Annotated[int, Field(ge=1)]
    genre: Genre = Genre.novel
    price: Price
    stock: Annotated[int, Field(ge=0, le=100_000)] = 0
    tags: Annotated[list[str], Field(max_length=10)] = []


class Book(BookDraft):
    """A book the shop has."""

    id: int


class BookChanges(Strict):
    """What is to change of a book; what is left out stays."""

    title: Title | None = None
    price: Price | None = None
    stock: Annotated[int, Field(ge=0, le=100_000)] | None = None


class ReviewDraft(Strict):
    """A review as a client sends one."""

    stars: Annotated[int, Field(ge=1, le=5)]
    text: Annotated[str, Field(max_length=2000)] = ""


class Review(ReviewDraft):
    """A review of one of the shop's books."""

    id: int
    book_id: int


class Line(Strict):
    """How many of one book are ordered."""

    book_id: Annotated[int, Field(ge=1)]
    quantity: Annotated[int, Field(ge=1, le=20)]


class OrderDraft(Strict):
    """An order as a client sends one."""

    customer: Annotated[str, Field(min_length=1, max_length=100, examples=["Ada"])]
    lines: Annotated[list[Line], Field(min_length=1, max_length=50)]


class OrderState(str, Enum):
    """What has become of an order."""

    placed = "placed"
    cancelled = "cancelled"


class Order(OrderDraft):
    """An order the shop has taken, and what it costs."""

    id: int
    state: OrderState = OrderState.placed
    total: float


class Problem(BaseModel):
    """What an error says: `message` for a refusal."""

    statusCode: int  # noqa: N815  # the name on the wire
    message: str


class Health(BaseModel):
    """Whether the shop is open, and how many books it has."""

    status: str
    books: int


class Cover(BaseModel):
    """What was received as the cover of a book."""

    book_id: int
    filename: str | None
    size: int


class Subscription(BaseModel):
    """Who is told of which new books."""

    email: str
    genres: list[Genre]
