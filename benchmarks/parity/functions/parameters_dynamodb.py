"""A zoo keeps its settings in a table."""

from resources import make_table

from aws_lambda_powertools.utilities import parameters

EVENTS = [{"animal": "lion"}, {"animal": "bear"}]

table = parameters.DynamoDBProvider(table_name="zoo-settings", key_attr="name", sort_attr="item", value_attr="setting")
single = parameters.DynamoDBProvider(table_name="zoo-single")


def prepare(aws):
    client = aws("dynamodb")
    make_table(aws, "zoo-settings", "name", "item")
    make_table(aws, "zoo-single")
    for item, setting in {"food": '{"meat": 5}', "name": '"Leo"'}.items():
        client.put_item(
            TableName="zoo-settings", Item={"name": {"S": "lion"}, "item": {"S": item}, "setting": {"S": setting}}
        )
    client.put_item(TableName="zoo-single", Item={"id": {"S": "opens"}, "value": {"S": "09:00"}})


def handler(event, context):
    return {"opens": single.get("opens"), "settings": table.get_multiple(event["animal"], transform="json")}
