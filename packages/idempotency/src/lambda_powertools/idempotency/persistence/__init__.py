"""Where records are kept: a layer for each kind of store, and the base of your own.

`dynamodb`, `cache` (Redis and Valkey), `embedded` (memory or SQLite) and `large_payload` (S3 beside any of them).
"""
