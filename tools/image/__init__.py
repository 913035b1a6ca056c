"""What is in a picture a child shows, and whether it is the word that was asked, or the same picture again.

`IMAGE_ANALYSIS_TOOL` names the thing in the picture in a child's words, with up to three guesses, its colours and a
fingerprint. `IMAGE_MATCHING_TOOL` says whether it shows the word that was asked, and whether it was seen before.
The image is sent as a data: or http(s) URL, a stored:ID, or plain base64.
"""

from tools.image.tool import ImageAnalysisTool, ImageMatchingTool

__all__ = ["ImageAnalysisTool", "ImageMatchingTool"]
