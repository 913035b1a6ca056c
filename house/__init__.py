"""The composition root: the one place that knows which adapter is real."""

from house.folder import SERVER_ADDRESS, running_server
from house.house import Announce, House, shared_house
from house.toolroom import build_tools, opened_tools

__all__ = ["SERVER_ADDRESS", "Announce", "House", "build_tools", "opened_tools", "running_server", "shared_house"]
