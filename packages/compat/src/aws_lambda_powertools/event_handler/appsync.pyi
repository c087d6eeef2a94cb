# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.appsync import *
from lambda_powertools.data_classes.appsync_resolver_event import AppSyncResolverEvent as AppSyncResolverEvent
from lambda_powertools.event_handler.graphql_appsync.exceptions import InvalidBatchResponse as InvalidBatchResponse
from lambda_powertools.event_handler.graphql_appsync.exceptions import ResolverNotFoundError as ResolverNotFoundError
