import json

TITLE = "Erasure of five nested fields"
WHAT = "DataMasking.erase of five fields, two to four levels deep, in a document of 2 kB"
FRESH = False
GOAL = ("ratio", 0.1)
PACKAGES = ("data-masking",)

FIELDS = [
    "customer.email",
    "customer.address.street",
    "customer.card.number",
    "payment.bank.account.iban",
    "payment.bank.holder",
]


def ours():
    from lambda_powertools.data_masking import DataMasking

    return erasing(DataMasking())


def original():
    from aws_lambda_powertools.utilities.data_masking import DataMasking

    return erasing(DataMasking())


def erasing(masking):
    data = document()

    def erase():
        return masking.erase(data, fields=FIELDS)

    erased = erase()
    found = [
        erased["customer"]["email"],
        erased["payment"]["bank"]["account"]["iban"],
        erased["payment"]["bank"]["holder"],
    ]
    if found != ["*****"] * 3 or erased["items"] != data["items"]:
        raise AssertionError(erased)
    return erase


def document():
    """Return an order of 2 kB as JSON."""
    order = {
        "id": "o-4711",
        "customer": {
            "name": "Ada Lovelace",
            "email": "ada@example.com",
            "address": {"street": "St James's Square 12", "city": "London", "country": "GB"},
            "card": {"number": "4111-1111-1111-1111", "expires": "2031-10"},
        },
        "payment": {
            "bank": {"account": {"iban": "GB33BUKB20201555555555"}, "holder": "A. Lovelace"},
            "currency": "EUR",
        },
        "items": [{"sku": f"sku-{number:04}", "quantity": number, "price": 19.5} for number in range(26)],
    }
    order["note"] = "x" * (2000 - len(json.dumps(order)))
    return order
