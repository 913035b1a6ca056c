"""What a conversation tells about a learner, each statement with the words it stands on, and what would suit.

`PROFILE_EXTRACTION_TOOL` finds facts, likes, dislikes, goals and signals of the level of English; nothing is told that
is not in a learner's turn. `PROFILE_MATCHING_TOOL` ranks lessons, topics or other learners for such a profile, with
reasons.
"""

from tools.profile.tool import ProfileExtractionTool, ProfileMatchingTool

__all__ = ["ProfileExtractionTool", "ProfileMatchingTool"]
