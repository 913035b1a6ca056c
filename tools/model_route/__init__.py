"""A tool's work done by a chat model: asked beside the tool itself, believed only as far as the tool's own rules go."""

from tools.model_route.route import ModelRoute
from tools.model_route.tasks import chosen_routes

__all__ = ["ModelRoute", "chosen_routes"]
