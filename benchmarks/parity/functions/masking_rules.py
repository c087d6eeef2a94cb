"""A bank shows the ends of its numbers."""

from aws_lambda_powertools.utilities.data_masking import DataMasking

EVENTS = [{"card": "4111-1111", "mail": "ann@example.com", "zip": "10115", "deep": {"pin": "1234"}, "left": "alone"}]

masking = DataMasking(raise_on_missing_field=False)
rules = {
    "mail": {"regex_pattern": "(.)(.*)(@.*)", "mask_format": r"\1****\3"},
    "zip": {"dynamic_mask": True},
    "deep.pin": {"custom_mask": "XX"},
    "no.such": {"custom_mask": "X"},
}


def handler(event, context):
    by_rules = masking.erase(event, masking_rules=rules)
    return [
        by_rules,
        masking.erase(event, fields=["card"], dynamic_mask=True),
        masking.erase(event, fields=["card"], custom_mask="#"),
        masking.erase(event, fields=["card"], regex_pattern=r"\d", mask_format="*"),
    ]
