// Holds the conversation with the server: loads what was said, sends what the child says.

import { conversation, handIn } from './api.js';
import { turn } from './client.js';
import { changed, EMPTY } from './conversation.js';
import { useEffect, useReducer } from './html.js';

const SILENCE_MS = 60_000;

export function useTalk({ learner, key }, onRefused) {
  const [talk, tell] = useReducer(changed, EMPTY);

  const codeOf = (error) => {
    const code = error.code ?? 'internal';
    if (code === 'unauthenticated') onRefused();
    return code;
  };

  const load = () =>
    conversation(learner, key)
      .then((past) => tell({ type: 'loaded', past }))
      .catch((error) => tell({ type: 'unreachable', code: codeOf(error) }));

  const send = async (text, { sound, picture } = {}) => {
    tell({ type: 'said', text, picture: picture?.thumbnail });
    try {
      const recording = sound && { recording: await handIn('audio', sound, key) };
      const shown = picture && { picture: await handIn('pictures', picture.file, key) };
      for await (const event of listening({ text, ...recording, ...shown, learner_id: learner }, key)) {
        if (event.event === 'token') tell({ type: 'sentence', sentence: { text: event.delta.trim(), vi: event.vi } });
        if (event.event === 'final') tell({ type: 'answered', outcome: event.outcome });
      }
    } catch (error) {
      tell({ type: 'failed', text, code: codeOf(error) });
    }
  };

  useEffect(() => {
    load();
  }, [learner, key]);

  const trouble = (code) => tell({ type: 'unreachable', code });

  return { talk, send, load, trouble };
}

/** The events of a turn; a server that is silent for too long counts as unreachable. */
async function* listening(input, key) {
  const patience = new AbortController();
  let waiting = setTimeout(() => patience.abort(), SILENCE_MS);
  try {
    for await (const event of turn(input, { base: '.', key, signal: patience.signal })) {
      clearTimeout(waiting);
      waiting = setTimeout(() => patience.abort(), SILENCE_MS);
      yield event;
    }
  } finally {
    clearTimeout(waiting);
  }
}
