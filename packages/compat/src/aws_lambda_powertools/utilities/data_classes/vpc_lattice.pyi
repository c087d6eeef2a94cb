# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.vpc_lattice import *
from lambda_powertools.data_classes.headers_serializer import BaseHeadersSerializer as BaseHeadersSerializer
from lambda_powertools.data_classes._proxy import BaseProxyEvent as BaseProxyEvent
from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict as CaseInsensitiveDict
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
from lambda_powertools.data_classes.headers_serializer import HttpApiHeadersSerializer as HttpApiHeadersSerializer
