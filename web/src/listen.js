// The button that reads a text aloud; not there where the browser has no voice.

import { html } from './html.js';
import { Speaker } from './icons.js';
import { canSpeak, speak } from './voice.js';

export function Listen({ text, label }) {
  if (!canSpeak() || !text) return null;
  return html`<button type="button" class="listen" onClick=${() => speak(text)} aria-label=${label} title=${label}><${Speaker} /></button>`;
}
