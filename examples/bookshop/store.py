"""The shop's stock, in memory: an environment that Lambda starts anew starts with these books."""

from __future__ import annotations

import itertools
from datetime import date

from .models import Author, Book, Genre, Order, OrderDraft, OrderState, Review

MOST = 1000
"""Things of a kind that are kept; the oldest make room, so that a shop that is tested does not grow."""


class Store:
    """Everything that the shop knows."""

    def __init__(self) -> None:
        self._ids = itertools.count(100)
        self.authors = {
            1: Author(id=1, name="Ursula K. Le Guin", born=date(1929, 10, 21)),
            2: Author(id=2, name="Astrid Lindgren", born=date(1907, 11, 14)),
        }
        self.books = {
            1: Book(id=1, isbn="9780547773742", title="A Wizard of Earthsea", author_id=1, price=9.99, stock=12),
            2: Book(id=2, isbn="9780441478125", title="The Left Hand of Darkness", author_id=1, price=11.50, stock=3),
            3: Book(
                id=3,
                isbn="9780142402498",
                title="Pippi Longstocking",
                author_id=2,
                genre=Genre.children,
                price=7.25,
                stock=40,
                tags=["classic"],
            ),
        }
        self.reviews: dict[int, Review] = {}
        line = {"book_id": 3, "quantity": 2}
        self.orders = {1: Order.model_validate({"id": 1, "customer": "Ada", "lines": [line], "total": 14.5})}
        self.covers: dict[int, bytes] = {}

    def new_id(self) -> int:
        return next(self._ids)

    def keep(self, things: dict[int, object], thing: object) -> None:
        """Keep a thing by its id."""
        things[thing.id] = thing
        while len(things) > MOST:
            del things[next(iter(things))]

    def place(self, draft: OrderDraft) -> Order:
        """Take the books of an order off the shelf.

        Raises:
            LookupError: there is no such book, or there are not enough.
        """
        wanted: dict[int, int] = {}
        for line in draft.lines:
            wanted[line.book_id] = wanted.get(line.book_id, 0) + line.quantity
        for book_id, quantity in wanted.items():
            book = self.books.get(book_id)
            if book is None or book.stock < quantity:
                raise LookupError(f"book {book_id} is out of stock")
        total = 0.0
        for book_id, quantity in wanted.items():
            book = self.books[book_id]
            self.books[book_id] = book.model_copy(update={"stock": book.stock - quantity})
            total += book.price * quantity
        order = Order(id=self.new_id(), total=round(total, 2), **draft.model_dump())
        self.keep(self.orders, order)
        return order

    def cancel(self, order: Order) -> Order:
        """Put the books of an order back."""
        for line in order.lines:
            book = self.books.get(line.book_id)
            if book is not None:
                self.books[line.book_id] = book.model_copy(update={"stock": book.stock + line.quantity})
        cancelled = order.model_copy(update={"state": OrderState.cancelled})
        self.orders[order.id] = cancelled
        return cancelled
