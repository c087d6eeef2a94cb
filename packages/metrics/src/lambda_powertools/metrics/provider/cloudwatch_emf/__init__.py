"""The provider for CloudWatch: metrics as log events in the embedded metric format."""
