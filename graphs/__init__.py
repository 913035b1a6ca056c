"""robot-ai-workflow: the conversation graph, what it decides, its turns and checkpoints."""
