# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.vpc_latticev2 import *
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.models.vpc_latticev2 import VpcLatticeV2Model as VpcLatticeV2Model
