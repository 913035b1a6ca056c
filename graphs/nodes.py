"""The nodes of one turn: each calls services and returns an update; none decides."""

import asyncio
import contextlib
import functools
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from langchain_core.messages import AIMessage, HumanMessage
from langgraph.config import get_config
from langgraph.runtime import Runtime

from graphs.conversation import Conversation
from graphs.decide import decide
from graphs.decide.care import URGENT
from graphs.decide.sight import words_asked
from graphs.decide.sound import SOUND
from graphs.gather import conversation_of, position_of, verdict_of, view_of
from graphs.hearing import candidates_for, heard
from graphs.interests import suits
from graphs.outcome import outcome_of
from graphs.seeing import seen
from graphs.services import Services, TurnContext
from graphs.sessions import well_said
from graphs.speaking import speak
from graphs.state import CoachState, last_human
from infra.errors import CoachError
from infra.scope import Scope
from learners.ports import Evidence, TurnRecord
from lessons.schemas import Position
from providers.directive import Bilingual, Directive
from providers.ports import Sentence, Vector

_log = logging.getLogger(__name__)

SAFETY, LANGUAGE, GRAMMAR = "SAFETY_SCREEN_TOOL", "LANGUAGE_DETECTION_TOOL", "GRAMMAR_CHECKER_TOOL"
MOOD, INTENT = "MOOD_ANALYSIS_TOOL", "INTENT_DETECTION_TOOL"
UPLOADS = {"hear": "recording", "see": "picture"}  # nodes that run only where the turn names such a file
MEMORIES_IN_PROMPT, HIGHLIGHTS = 5, 12  # of the latter a greeting uses what suits
LOOK_BACK_S = 0.15  # a goodbye waits this long for what was said well
VECTOR_DEADLINE_S = 1.0  # as a tool's: the same vector serves them

SAME_TOPIC = 0.35  # cosine from which a lesson is about a topic: "cars" and toys .48, "space" and colours .12

Update = dict[str, Any]


class CoachNodes:
    """The nodes, holding the services they call."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def screen(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """Safety, personal data and injection on what came in, while the learner is looked up.

        The sentence vector and grammar begin at once: the screen's patterns need neither, its classifier waits for the
        vector, which keeps one processor busy. Personal data goes no further than here: the message itself is replaced
        by its redacted form.
        """
        message, scope, learners = last_human(state["messages"]), runtime.context.scope, self._services.learners
        self._services.tools.ahead(GRAMMAR, {"text": message.text})
        outcome, learner, _ = await asyncio.gather(
            self._services.tools.run(SAFETY, {"text": message.text}),
            learners.opening(scope, str(message.id)),
            self._begin_vector(message.text),
        )
        if learner.is_recorded:
            runtime.context.was_recorded()
        safety = None if outcome.answer is None else outcome.answer.model_dump(mode="json")
        text = message.text if safety is None else str(safety["redacted"])
        update: Update = {
            "screened": {
                "text": text,
                "safety": safety,
                "recording": runtime.context.recording,
                "picture": runtime.context.picture,
            },
            "learner": {"profile": learner.profile.model_dump(mode="json"), "progress": learner.progress},
        }
        if text != message.text:
            update["messages"] = [HumanMessage(content=text, id=message.id)]
        return update

    async def _begin_vector(self, text: str) -> None:
        with contextlib.suppress(CoachError):  # whoever needs it asks again
            await self._services.embedder.query(text)

    async def read(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """Language, grammar, intent and mood, side by side."""
        text, context = state["screened"]["text"], conversation_of(state).previous.en
        requests = {
            "language": (LANGUAGE, {"text": text}),
            "grammar": (GRAMMAR, {"text": text}),
            "intent": (INTENT, {"text": text, "context": context}),
            "mood": (MOOD, {"text": text}),
        }
        outcomes = await asyncio.gather(*(self._services.tools.run(*request) for request in requests.values()))
        answers = (None if outcome.answer is None else outcome.answer.model_dump(mode="json") for outcome in outcomes)
        return {"reading": dict(zip(requests, answers, strict=True))}

    async def hear(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """How the recording sounds. Where no words came with it, the answer it is becomes what the child said."""
        screened, lessons, progress = state["screened"], self._services.lessons, state["learner"]["progress"]
        now = self._services.clock.now()
        conversation = conversation_of(state).opened(now)
        candidates = candidates_for(conversation, position_of(conversation, progress, lessons), lessons)
        targets = [item.removeprefix(SOUND) for item in lessons.due_sounds(progress, now)]
        found = await heard(self._services.tools, screened["recording"], screened["text"], candidates, targets)
        update: Update = {"heard": found}
        if not screened["text"] and not found["unheard"]:
            said = str(found["answer"]["text"])
            update["screened"] = {**screened, "text": said}
            update["messages"] = [HumanMessage(content=said, id=last_human(state["messages"]).id)]
        return update

    async def see(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """What is in the picture, held against the word that is asked for and against pictures shown before."""
        lessons, progress = self._services.lessons, state["learner"]["progress"]
        conversation = conversation_of(state).opened(self._services.clock.now())
        asked = words_asked(conversation, position_of(conversation, progress, lessons))
        return {"shown": await seen(self._services.tools, state["screened"]["picture"], asked, conversation.pictures)}

    async def recall(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """Memories that bear on this turn. The turn goes on without them after the deadline, which counts from when the
        text's vector is there: others of the turn's readers wait for that as well."""
        scope, text = runtime.context.scope, state["screened"]["text"]
        is_start = _starts_session(state, self._services.clock.now())
        try:
            async with asyncio.timeout(VECTOR_DEADLINE_S):
                vector = await self._services.embedder.query(text)
            async with asyncio.timeout(self._services.recall_deadline_ms / 1000):
                return {"recalled": await self._recalled(scope, text, vector, is_start=is_start)}
        except (TimeoutError, CoachError) as error:
            _log.info("memory left out of a turn: %s", type(error).__name__)
            self._services.memory.missed()
            return {"recalled": {}}

    async def _recalled(self, scope: Scope, text: str, vector: Vector, *, is_start: bool) -> Update:
        memory = self._services.memory
        memories = await memory.recall(scope, text, vector, limit=MEMORIES_IN_PROMPT)
        remembered = await memory.answer(scope, text, vector)
        highlights = await memory.highlights(scope, limit=HIGHLIGHTS) if is_start else ()
        return {
            "memories": [found.model_dump(mode="json") for found in memories],
            "remembered": None if remembered is None else remembered.model_dump(mode="json"),
            "highlights": [found.model_dump(mode="json") for found in highlights],
        }

    async def place(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """How the text answers the open question, and what is due."""
        lessons, text, now = self._services.lessons, state["screened"]["text"], self._services.clock.now()
        progress, spoken = state["learner"]["progress"], bool(state["screened"].get("recording"))
        conversation = conversation_of(state).opened(now)
        verdict = verdict_of(conversation, position_of(conversation, progress, lessons), text, lessons)
        return {
            "placed": {
                "verdict": None if verdict is None else verdict.model_dump(mode="json"),
                "due": [due.model_dump(mode="json") for due in lessons.due(progress, now, spoken=spoken)],
            }
        }

    async def plan(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """The decision: a pure function of what was found."""
        services = self._services
        wanted = await self._wanted(state)
        view = view_of(state, runtime.context.vietnamese_help, services.lessons, services.clock.now(), wanted)
        place = await suits(services.tools, view, services.lessons, state["learner"]["progress"])
        told = await self._well_said(state, view.conversation.session_turns)
        decision = decide(replace(view, suits=place, well_said=told))
        return {
            "decision": {
                "directive": decision.directive.model_dump(mode="json"),
                "evidence": [evidence.model_dump(mode="json") for evidence in decision.evidence],
                "conversation": decision.conversation.model_dump(mode="json"),
            }
        }

    async def _wanted(self, state: CoachState) -> Position | None:
        """The lesson nearest in meaning to the topic a child asks for; None where none is near."""
        intent = (state.get("reading") or {}).get("intent")
        if intent is None or intent["intent"] != "change_topic":
            return None
        topic = intent["topic"] or state["screened"]["text"]
        found = await self._services.lessons.find(topic, await self._services.embedder.query(topic), limit=1)
        near = bool(found) and (not intent["topic"] or found[0].score >= SAME_TOPIC)
        return self._services.lessons.at(found[0].lesson.id, found[0].step.id) if near else None

    async def _well_said(self, state: CoachState, session_turns: int) -> str:
        """A sentence to tell at a goodbye, where it is found quickly; no other turn waits for one."""
        intent = (state.get("reading") or {}).get("intent")
        if intent is None or intent["intent"] != "goodbye":
            return ""
        try:
            async with asyncio.timeout(LOOK_BACK_S):
                return await well_said(self._services.tools, state["messages"], session_turns)
        except (TimeoutError, CoachError) as error:
            _log.info("a goodbye without a look back: %s", type(error).__name__)
            return ""

    async def reply(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """Words for the Directive, sent on sentence by sentence."""
        directive = Directive.model_validate(state["decision"]["directive"])
        memories = [str(memory["text"]) for memory in (state.get("recalled") or {}).get("memories", ())]
        instructions = self._services.instructions(directive, memories)
        sentences = self._services.wording.sentences(directive, instructions, state["messages"])
        replied = functools.partial(self._replied, state, directive)
        return await speak(sentences, runtime.context, replied)

    def _replied(self, state: CoachState, directive: Directive, spoken: Sequence[Sentence], is_cut: bool) -> Update:
        """What a reply of these sentences leaves in the thread."""
        said = Bilingual(en=_joined(spoken, "text"), vi=_joined(spoken, "vi"))
        talk = Conversation.model_validate(state["decision"]["conversation"])
        if is_cut:
            talk = talk.cut_off()
        if spoken:
            talk = talk.spoken(tuple(s["text"] for s in spoken), said, self._services.clock.now())
        return {
            "messages": [_message(spoken, said, directive)] if spoken else [],
            "conversation": talk.model_dump(mode="json"),
            "turn": outcome_of(state, spoken, self._services.lessons, is_cut=is_cut),
        }

    async def record(self, state: CoachState, runtime: Runtime[TurnContext]) -> Update:
        """Transcript, evidence, progress and what follows from them, in one transaction."""
        turn = state["turn"]
        await runtime.context.commit()
        is_new = await self._services.learners.record(
            runtime.context.scope,
            TurnRecord(
                turn_id=turn["turn_id"],
                thread_id=str(get_config()["configurable"].get("thread_id", "")),
                at=self._services.clock.now(),
                said=state["screened"]["text"],
                replied=turn["reply"],
                replied_vi=turn["reply_vi"],
                language=turn["directive"]["said"]["language"],
                provider=turn["provider"],
                directive=turn["directive"],
                evidence=[Evidence.model_validate(evidence) for evidence in state["decision"]["evidence"]],
                safety_label=turn["safety"],
                context=turn["context"],
            ),
        )
        runtime.context.recorded(is_new=is_new)
        for upload in UPLOADS.values():
            if name := state["screened"].get(upload):
                await self._services.forget_upload(name)
        return {}


def _message(spoken: Sequence[Sentence], said: Bilingual, directive: Directive) -> AIMessage:
    """The reply, with what a page needs to show it again as it was."""
    kept: dict[str, Any] = {"vi": said.vi, "sentences": [{"text": s["text"], "vi": s["vi"]} for s in spoken]}
    if directive.correction is not None:
        kept["correction"] = directive.correction.model_dump(mode="json")
    if directive.sight is not None:
        kept["sight"] = directive.sight.model_dump(mode="json")
    return AIMessage(content=said.en, id=spoken[-1]["message_id"], additional_kwargs=kept)


def _joined(spoken: Sequence[Sentence], side: Literal["text", "vi"]) -> str:
    return " ".join(sentence[side] for sentence in spoken if sentence[side])


def _starts_session(state: CoachState, now: datetime) -> bool:
    return conversation_of(state).opened(now).session_turns == 0


def is_urgent(state: CoachState) -> bool:
    """Whether the screen found a danger: the turn then skips everything but care."""
    safety = state["screened"]["safety"]
    return safety is not None and safety["label"] in URGENT
