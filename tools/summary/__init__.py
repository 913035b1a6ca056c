"""A conversation in a few sentences for the coach, the child or the parent, in Vietnamese or English.

`CONVERSATION_SUMMARY_TOOL`: what was practised, what went well, what to practise at home, how the child felt, what the
child told (for the coach), and whether something needs a grown-up. Every sentence names the turns it stands on.
"""

from tools.summary.tool import ConversationSummaryTool

__all__ = ["ConversationSummaryTool"]
