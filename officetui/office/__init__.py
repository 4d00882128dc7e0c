"""The use cases of an office."""
