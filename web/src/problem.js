// What went wrong, in words for a child.

import { html } from './html.js';

const KINDS = { unreachable: 'offline', rate_limited: 'slow', unavailable: 'slow', deadline_exceeded: 'slow', microphone_refused: 'refused', no_microphone: 'noMicrophone', no_picture: 'noPicture', too_large: 'long' };
const OWN = new Set(['microphone_refused', 'no_microphone', 'no_picture']); // nothing was sent that could be sent again

export function Problem({ say, code, onAgain }) {
  if (!code) return null;
  return html`
    <p class="problem" role="alert">
      ${say.problems[KINDS[code] ?? 'other']} ${OWN.has(code) ? '' : onAgain ? html`<button type="button" class="plain" onClick=${onAgain}>${say.again}</button>` : say.kept}
    </p>
  `;
}
