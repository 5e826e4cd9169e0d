"""The measured comparison with other engines: ``python -m benchmarks``."""
