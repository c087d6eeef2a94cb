"""What a provider has to keep to, as tests."""
