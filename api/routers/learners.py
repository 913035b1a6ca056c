"""A learner as the page shows them: profile, conversation so far, lessons."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from api.auth import Callers
from api.ports import House
from api.schemas import ConversationView, ErasureView, LessonView, ProfileChange, ProfileView, SummariesView
from graphs.sessions import MOST_SESSIONS, AtHome, summaries
from graphs.turns.schemas import LearnerId, ThreadId
from infra.scope import Scope
from tools.summary.schemas import SummaryLanguage


def router(house: House, callers: Callers) -> APIRouter:
    """/api/v1/learners/{learner_id}/... and /api/v1/lessons."""
    routes = APIRouter(prefix="/api/v1", tags=["learners"])

    def scope(request: Request, learner_id: LearnerId) -> Scope:
        return Scope(tenant=callers.tenant(request), learner_id=learner_id)

    Owned = Annotated[Scope, Depends(scope)]

    @routes.get("/learners/{learner_id}")
    async def profile(owned: Owned) -> ProfileView:
        return ProfileView.of(await house.learners.profile(owned))

    @routes.patch("/learners/{learner_id}")
    async def change_profile(owned: Owned, change: ProfileChange) -> ProfileView:
        changed = change.applied_to(await house.learners.profile(owned))
        await house.learners.save_profile(owned, changed)
        return ProfileView.of(changed)

    @routes.delete("/learners/{learner_id}")
    async def forget(owned: Owned) -> ErasureView:
        """Forgets the learner everywhere; the receipt says what was removed where, and what a scan found after."""
        return ErasureView.of(await house.erasure.forget(owned))

    @routes.get("/learners/{learner_id}/threads/{thread_id}")
    async def conversation(owned: Owned, thread_id: ThreadId) -> ConversationView:
        return ConversationView.model_validate(await house.coach.history(owned, thread_id))

    @routes.get("/learners/{learner_id}/summary")
    async def summary(
        owned: Owned,
        language: SummaryLanguage = "vi",
        audience: AtHome = "parent",
        sessions: Annotated[int, Query(ge=1, le=MOST_SESSIONS)] = 3,
    ) -> SummariesView:
        """The last sessions in a few sentences each, for the parents or the child: only what may be read at home."""
        asked: Any = {"audience": audience, "language": language, "limit": sessions}
        return SummariesView(sessions=await summaries(house.learners, house.tools, owned, **asked))

    @routes.get("/learners/{learner_id}/lessons")
    async def lessons(owned: Owned) -> Sequence[LessonView]:
        progress: Any = await house.learners.progress(owned)
        current = house.lessons.position(progress).lesson.id
        return [LessonView.of(lesson, is_current=lesson.id == current) for lesson in house.lessons.lessons()]

    return routes
