// What the page knows of the conversation, and how each event changes it. Pure.

import { paired } from './language.js';

export const EMPTY = { lines: [], lesson: null, busy: false, unsent: null, problem: '', news: null };

const CHANGES = {
  loaded: (talk, { past }) => ({ ...talk, problem: '', lesson: past.lesson, lines: [...pastLines(past), ...running(talk)] }),
  unreachable: (talk, { code }) => ({ ...talk, problem: code }),
  said: (talk, { text, picture }) => ({ ...talk, busy: true, unsent: null, problem: '', news: null, lines: [...talk.lines, { ...child(text), ...(picture && { picture }) }] }),
  sentence: (talk, { sentence }) => ({ ...talk, lines: withSentence(talk.lines, sentence) }),
  answered: (talk, { outcome }) => ({ ...talk, busy: false, lesson: outcome.lesson, lines: answered(talk.lines, outcome), news: outcome }),
  failed: (talk, { code, text }) => ({ ...talk, busy: false, problem: code, unsent: text ? { text } : null, lines: talk.lines.slice(0, lastOf(talk.lines, 'child')) }),
};

export const changed = (talk, event) => CHANGES[event.type](talk, event);

/** Where the last line of `who` is; -1 where there is none. */
export const lastOf = (lines, who) => lines.findLastIndex((line) => line.who === who);

const running = ({ busy, lines }) => (busy ? lines.slice(lastOf(lines, 'child')) : []);

const child = (text) => ({ who: 'child', sentences: [{ text, vi: '' }] });

const coach = (sentences, card = null) => ({ who: 'coach', sentences, card });

function pastLines({ lines, card }) {
  const last = lines.length - 1;
  return lines.map(({ role, line, vi, sentences, correction, sight }, index) =>
    role === 'child' ? { ...child(line), ...(correction && { correction }), ...(sight && { sight }) } : coach(sentences ?? paired(line, vi), index === last ? card : null),
  );
}

function withSentence(lines, sentence) {
  const last = lines.at(-1);
  if (last.who === 'child') return [...lines, coach([sentence])];
  return [...lines.slice(0, -1), coach([...last.sentences, sentence])];
}

function answered(lines, outcome) {
  const at = lastOf(lines, 'child');
  const heard = outcome.heard?.status === 'ok' ? outcome.heard : null;
  const line = heard ? { ...lines[at], ...child(outcome.directive.said.text) } : lines[at];
  const said = { ...line, heard, correction: outcome.corrections[0] ?? null };
  return [...lines.slice(0, at), said, coach(outcome.sentences, outcome.card)];
}
