"""PRONUNCIATION_CHECKER_TOOL: from a recording to scores of words and sounds, and to what would help most."""
