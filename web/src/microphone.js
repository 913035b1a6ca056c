// The button that records the child, and what is shown meanwhile.

import { html, useEffect, useRef, useState } from './html.js';
import { Mic, Stop } from './icons.js';
import { canRecord, record } from './recorder.js';

/** `recording` is true while the child is heard; `press` begins, and then sends what was said; `cancel` drops it. */
export function useMicrophone({ onSound, onProblem }) {
  const [recording, setRecording] = useState(false);
  const current = useRef(null);
  const isBeginning = useRef(false);

  const begin = async () => {
    if (isBeginning.current) return;
    isBeginning.current = true;
    try {
      window.speechSynthesis?.cancel();
      current.current = await record();
      setRecording(true);
      const sound = await current.current.sound;
      if (sound) onSound(sound);
    } catch (error) {
      onProblem(error.code ?? 'no_microphone');
    } finally {
      isBeginning.current = false;
      current.current = null;
      setRecording(false);
    }
  };
  useEffect(() => () => current.current?.cancel(), []);

  return { recording, press: () => (current.current ? current.current.stop() : begin()), cancel: () => current.current?.cancel() };
}

export function MicrophoneButton({ say, microphone, busy }) {
  if (!canRecord()) return null;
  const { recording, press } = microphone;
  const label = recording ? say.stop : say.speak;
  return html`<button type="button" class=${`mic ${recording ? 'on' : ''}`} aria-disabled=${busy} aria-label=${label} title=${label} onClick=${() => busy || press()}>${recording ? html`<${Stop} />` : html`<${Mic} />`}</button>`;
}

export function Listening({ say, onCancel }) {
  return html`<div class="listening"><p role="status">${say.listening}</p><button type="button" class="plain" onClick=${onCancel}>${say.cancel}</button></div>`;
}
