"""The digitisation station of a court archive."""

__version__ = "0.1.0"
