"""Tool calls that nobody waits for: started, watched, cancelled, forgotten after a while."""

from tools.jobs.events import JobEvent, JobView
from tools.jobs.service import ToolJobs

__all__ = ["JobEvent", "JobView", "ToolJobs"]
