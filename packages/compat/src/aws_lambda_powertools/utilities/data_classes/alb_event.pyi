# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.alb_event import *
from lambda_powertools.data_classes.headers_serializer import BaseHeadersSerializer as BaseHeadersSerializer
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
from lambda_powertools.data_classes.headers_serializer import MultiValueHeadersSerializer as MultiValueHeadersSerializer
from lambda_powertools.data_classes.headers_serializer import SingleValueHeadersSerializer as SingleValueHeadersSerializer
