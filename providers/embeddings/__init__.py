"""Sentence vectors, in-process and without a key."""

from providers.embeddings.e5 import E5
from providers.embeddings.local import LocalEmbedder

__all__ = ["E5", "LocalEmbedder"]
