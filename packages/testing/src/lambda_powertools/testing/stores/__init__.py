"""What a store has to keep to, as tests: one suite for each kind of store."""
