"""The version, written once: `pyproject.toml` and `tracegrad.__version__` read it here."""

__version__ = "0.1.0"
