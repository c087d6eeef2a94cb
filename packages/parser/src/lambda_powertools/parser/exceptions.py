"""The exceptions of this package. Data that does not fit a model is pydantic's own `ValidationError`.

PowertoolsError
└── ParserError
    ├── InvalidModelTypeError              there is no model, or none that pydantic can use
    ├── InvalidEnvelopeError               an envelope that cannot be used
    └── UndecodableRecordError (also ValueError)   a record's data is neither text nor compressed text
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class ParserError(PowertoolsError):
    """Base of the exceptions of this package."""


class InvalidModelTypeError(ParserError):
    """There is no model, or pydantic can make no schema of it, or it broke while it was used: see the cause."""


class InvalidEnvelopeError(ParserError):
    """The envelope has no `parse`, or broke while it was used: see the cause."""


class UndecodableRecordError(ParserError, ValueError):
    """The data of a record is neither text nor compressed text; the message says which record it is."""
