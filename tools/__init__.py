"""robot-ai-tool: the tools that read what a child said, each behind `ToolExecutor`."""
