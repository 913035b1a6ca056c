"""robot-ai-lesson: what is taught. Content, answers, progress, reviews, retrieval."""
