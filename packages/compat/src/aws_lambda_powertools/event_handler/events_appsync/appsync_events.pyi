# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.events_appsync.appsync_events import *
from lambda_powertools.data_classes.appsync_resolver_events_event import AppSyncResolverEventsEvent as AppSyncResolverEventsEvent
from lambda_powertools.event_handler.events_appsync.router import Router as Router
from lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException as UnauthorizedException
