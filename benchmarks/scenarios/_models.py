"""Models and an application that validates, alike for both libraries. Imports pydantic."""

from pydantic import BaseModel, Field


class Item(BaseModel):
    """One line of an order."""

    sku: str = Field(min_length=1)
    quantity: int = Field(gt=0)


class Order(BaseModel):
    """What is posted."""

    customer: str
    items: list[Item]
    note: str | None = None


class Receipt(BaseModel):
    """What is answered."""

    id: str
    total: int


BODY = '{"customer":"c-42","items":[{"sku":"A1","quantity":2},{"sku":"B2","quantity":1}]}'


def add_order_route(app, path="/orders"):
    """Register a route that takes a validated order, and answers a validated receipt."""

    @app.post(path)
    def place(order: Order) -> Receipt:
        return Receipt(id="o-1", total=sum(item.quantity for item in order.items))

    return app


def add_documented_routes(app, count):
    """Register routes with a path and a query parameter, a body and a response each."""
    for number in range(count):

        @app.put(f"/orders-{number}/<order_id>", summary="Replace an order", tags=["orders"])
        def replace(order_id: str, order: Order) -> Receipt:
            return Receipt(id=order_id, total=len(order.items))

    return app
