"""pika-mem0: what a learner told the coach, on mem0 with an embedded Qdrant engine."""
