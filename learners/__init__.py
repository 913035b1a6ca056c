"""personalized-ai-coach: who learns. Profile, transcript, evidence, progress, outbox."""
