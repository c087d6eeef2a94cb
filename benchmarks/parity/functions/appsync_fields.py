"""A poem archive's GraphQL fields."""

from events import appsync

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import AppSyncResolver
from aws_lambda_powertools.event_handler.graphql_appsync.router import Router
from aws_lambda_powertools.logging import correlation_paths

EVENTS = [
    appsync("Query", "poem", {"id": "7"}),
    appsync("Query", "poems"),
    appsync("Mutation", "addPoem", {"title": "Sea"}),
    appsync("Poem", "lines", source={"id": "7"}),
    appsync("Query", "unknown"),
]

logger = Logger(service="poems")
app = AppSyncResolver()
router = Router()


@app.resolver(type_name="Query", field_name="poem")
def poem(id: str = ""):
    return {"id": id, "by": app.current_event.identity.username}


@app.resolver(field_name="poems")
def poems():
    return [{"id": "7"}]


@router.resolver(type_name="Mutation", field_name="addPoem")
def add(title: str):
    return {"title": title, "reader": router.context.get("reader")}


@app.resolver(type_name="Poem", field_name="lines")
def lines():
    return [app.current_event.source["id"], "a line"]


app.include_router(router)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.APPSYNC_RESOLVER)
def handler(event, context):
    app.append_context(reader="ann")
    return app.resolve(event, context)
