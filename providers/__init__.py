"""Models that word a Directive or embed a sentence: scripted, OpenAI, Groq, Gemini, any OpenAI-compatible server."""
