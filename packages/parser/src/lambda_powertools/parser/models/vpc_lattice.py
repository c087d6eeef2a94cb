"""Events of VPC Lattice, payload format 1.

The format: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
"""

from pydantic import BaseModel

from lambda_powertools.parser._model import EventModel


class VpcLatticeModel(EventModel):
    """A request through a service network."""

    method: str
    raw_path: str
    body: str | type[BaseModel]
    is_base64_encoded: bool
    headers: dict[str, str]
    query_string_parameters: dict[str, str]
