"""The room of memories."""
