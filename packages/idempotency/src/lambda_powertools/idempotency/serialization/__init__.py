"""How results become JSON and results again: one module for each kind of result."""
