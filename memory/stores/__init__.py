"""Where a learner's points live: Qdrant's engine in-process, or a Qdrant server."""
