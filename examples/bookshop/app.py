"""A bookshop's API: nineteen operations, validated by their annotations, with their document and Swagger UI.

From the repository's root: `powertools serve examples.bookshop.app:handler`, then open http://127.0.0.1:3000/swagger.
"""

from __future__ import annotations

from typing import Annotated

from lambda_powertools.core import powertools
from lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from lambda_powertools.event_handler.exceptions import NotFoundError, ServiceError
from lambda_powertools.event_handler.openapi.params import Cookie, File, Form, Header, Path, Query, UploadFile
from lambda_powertools.logger import Logger

from .models import (
    Author,
    AuthorDraft,
    Book,
    BookChanges,
    BookDraft,
    Cover,
    Genre,
    Health,
    Order,
    OrderDraft,
    OrderState,
    Problem,
    Review,
    ReviewDraft,
    Subscription,
)
from .store import Store

app = APIGatewayHttpResolver(enable_validation=True)
logger = Logger(service="bookshop")
store = Store()

Id = Annotated[int, Path(ge=1, description="Number of the thing that is meant")]
Limit = Annotated[int, Query(ge=1, le=100, description="Most results")]


def refusal(description):
    """Describe a response that says why something is not done."""
    return {"description": description, "content": {"application/json": {"model": Problem}}}


UNKNOWN = {404: refusal("There is no such thing")}
CONFLICT = {409: refusal("It cannot be done with what the shop has")}
DONE = {200: {"description": "What was asked for"}}
MADE = {201: {"description": "What was made"}}


def find(things, number):
    """Return the thing of a number."""
    if number not in things:
        raise NotFoundError("there is no such thing")
    return things[number]


# --- books ------------------------------------------------------------------------------------------------------------


@app.get("/books", tags=["books"], summary="List the books")
def list_books(
    genre: Annotated[Genre | None, Query()] = None,
    max_price: Annotated[float | None, Query(gt=0)] = None,
    tags: Annotated[list[str], Query(description="Has all of these")] = [],  # noqa: B006  # the app copies it
    limit: Limit = 20,
) -> list[Book]:
    found = [
        book
        for book in store.books.values()
        if (genre is None or book.genre == genre)
        and (max_price is None or book.price <= max_price)
        and set(tags) <= set(book.tags)
    ]
    return found[:limit]


@app.post("/books", tags=["books"], summary="Add a book", status_code=201, responses=MADE | CONFLICT)
def add_book(book: BookDraft) -> Book:
    if book.author_id not in store.authors:
        raise ServiceError(409, "the author is not known")
    added = Book(id=store.new_id(), **book.model_dump())
    store.keep(store.books, added)
    logger.info("book added", book_id=added.id)
    return added


@app.get("/books/<book_id>", tags=["books"], summary="Show a book", responses=DONE | UNKNOWN)
def show_book(book_id: Id) -> Book:
    return find(store.books, book_id)


@app.put("/books/<book_id>", tags=["books"], summary="Replace a book", responses=DONE | UNKNOWN | CONFLICT)
def replace_book(book_id: Id, book: BookDraft) -> Book:
    find(store.books, book_id)
    if book.author_id not in store.authors:
        raise ServiceError(409, "the author is not known")
    store.books[book_id] = Book(id=book_id, **book.model_dump())
    return store.books[book_id]


@app.patch("/books/<book_id>", tags=["books"], summary="Change a book", responses=DONE | UNKNOWN)
def change_book(book_id: Id, changes: BookChanges) -> Book:
    book = find(store.books, book_id)
    store.books[book_id] = book.model_copy(update=changes.model_dump(exclude_none=True))
    return store.books[book_id]


@app.delete(
    "/books/<book_id>",
    tags=["books"],
    summary="Remove a book",
    status_code=204,
    responses={204: {"description": "It is gone", "content": {}}} | UNKNOWN,
)
def remove_book(book_id: Id) -> Response:
    find(store.books, book_id)
    del store.books[book_id]
    return Response(204)


@app.put("/books/<book_id>/cover", tags=["books"], summary="Upload the picture of a cover", responses=DONE | UNKNOWN)
def upload_cover(book_id: Id, picture: Annotated[UploadFile, File()]) -> Cover:
    find(store.books, book_id)
    store.covers[book_id] = picture.content
    return Cover(book_id=book_id, filename=picture.filename, size=len(picture))


@app.get(
    "/books/<book_id>/cover",
    tags=["books"],
    summary="Show the picture of a cover",
    responses={200: {"description": "The picture", "content": {"application/octet-stream": {}}}} | UNKNOWN,
)
def show_cover(book_id: Id) -> Response:
    return Response(200, "application/octet-stream", find(store.covers, book_id))


# --- reviews ----------------------------------------------------------------------------------------------------------


@app.get("/books/<book_id>/reviews", tags=["reviews"], summary="List the reviews of a book", responses=DONE | UNKNOWN)
def list_reviews(book_id: Id, limit: Limit = 20) -> list[Review]:
    find(store.books, book_id)
    return [review for review in store.reviews.values() if review.book_id == book_id][:limit]


@app.post(
    "/books/<book_id>/reviews", tags=["reviews"], summary="Review a book", status_code=201, responses=MADE | UNKNOWN
)
def add_review(book_id: Id, review: ReviewDraft) -> Review:
    find(store.books, book_id)
    added = Review(id=store.new_id(), book_id=book_id, **review.model_dump())
    store.keep(store.reviews, added)
    return added


# --- authors ----------------------------------------------------------------------------------------------------------


@app.get("/authors", tags=["authors"], summary="List the authors")
def list_authors(limit: Limit = 20) -> list[Author]:
    return list(store.authors.values())[:limit]


@app.post("/authors", tags=["authors"], summary="Add an author", status_code=201)
def add_author(author: AuthorDraft) -> Author:
    added = Author(id=store.new_id(), **author.model_dump())
    store.keep(store.authors, added)
    return added


@app.get("/authors/<author_id>", tags=["authors"], summary="Show an author", responses=DONE | UNKNOWN)
def show_author(author_id: Id) -> Author:
    return find(store.authors, author_id)


@app.get(
    "/authors/<author_id>/books", tags=["authors"], summary="List the books of an author", responses=DONE | UNKNOWN
)
def list_books_of_author(author_id: Id) -> list[Book]:
    find(store.authors, author_id)
    return [book for book in store.books.values() if book.author_id == author_id]


# --- orders -----------------------------------------------------------------------------------------------------------


@app.post("/orders", tags=["orders"], summary="Order books", status_code=201, responses=MADE | CONFLICT)
def place_order(order: OrderDraft) -> Order:
    try:
        placed = store.place(order)
    except LookupError as error:
        raise ServiceError(409, str(error)) from None
    logger.info("order placed", order_id=placed.id, total=placed.total)
    return placed


@app.get("/orders/<order_id>", tags=["orders"], summary="Show an order", responses=DONE | UNKNOWN)
def show_order(order_id: Id) -> Order:
    return find(store.orders, order_id)


@app.post("/orders/<order_id>/cancel", tags=["orders"], summary="Cancel an order", responses=DONE | UNKNOWN | CONFLICT)
def cancel_order(order_id: Id) -> Order:
    order = find(store.orders, order_id)
    if order.state is OrderState.cancelled:
        raise ServiceError(409, "the order is cancelled already")
    return store.cancel(order)


# --- the rest ---------------------------------------------------------------------------------------------------------


@app.post("/newsletter", tags=["shop"], summary="Subscribe to the newsletter", status_code=201)
def subscribe(
    email: Annotated[str, Form(pattern=r"^[^@\s]+@[^@\s]+$", max_length=200)],
    genres: Annotated[list[Genre], Form()] = [],  # noqa: B006  # the app copies it
) -> Subscription:
    return Subscription(email=email, genres=genres)


@app.get("/health", tags=["shop"], summary="Say how the shop is")
def show_health(
    accept_language: Annotated[str, Header(max_length=100)] = "en",
    visits: Annotated[int, Cookie(ge=0)] = 0,
) -> Health:
    greeting = "guten Tag" if accept_language.startswith("de") else "welcome back" if visits else "good day"
    return Health(status=greeting, books=len(store.books))


app.configure_openapi(title="Bookshop", version="1.0.0", description="Books, their authors, and orders for them.")
app.enable_swagger(path="/swagger")


@powertools
def handler(event, context):
    return app.resolve(event, context)
