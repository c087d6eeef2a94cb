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
    novel = "novel"
    poetry = "poetry"
    history = "history"
    children = "children"


class AuthorDraft(Strict):
    name: Annotated[str, Field(min_length=1, max_length=100, examples=["Ursula K. Le Guin"])]
    born: date | None = None


class Author(AuthorDraft):
    id: int


class BookDraft(Strict):
    isbn: Isbn
    title: Title
    author_id: Annotated[int, Field(ge=1)]
    genre: Genre = Genre.novel
    price: Price
    stock: Annotated[int, Field(ge=0, le=100_000)] = 0
    tags: Annotated[list[str], Field(max_length=10)] = []


class Book(BookDraft):
    id: int


class BookChanges(Strict):
    title: Title | None = None
    price: Price | None = None
    stock: Annotated[int, Field(ge=0, le=100_000)] | None = None


class ReviewDraft(Strict):
    stars: Annotated[int, Field(ge=1, le=5)]
    text: Annotated[str, Field(max_length=2000)] = ""


class Review(ReviewDraft):
    id: int
    book_id: int


class Line(Strict):
    book_id: Annotated[int, Field(ge=1)]
    quantity: Annotated[int, Field(ge=1, le=20)]


class OrderDraft(Strict):
    customer: Annotated[str, Field(min_length=1, max_length=100, examples=["Ada"])]
    lines: Annotated[list[Line], Field(min_length=1, max_length=50)]


class OrderState(str, Enum):
    placed = "placed"
    cancelled = "cancelled"


class Order(OrderDraft):
    id: int
    state: OrderState = OrderState.placed
    total: float


class Problem(BaseModel):
    """What an error says: `message` for a refusal."""

    statusCode: int  # noqa: N815  # the name on the wire
    message: str


class Health(BaseModel):
    status: str
    books: int


class Cover(BaseModel):
    book_id: int
    filename: str | None
    size: int


class Subscription(BaseModel):
    email: str
    genres: list[Genre]
