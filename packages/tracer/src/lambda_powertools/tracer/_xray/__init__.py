"""Everything that knows the AWS X-Ray SDK; the rest of the package knows only providers."""
