// What went wrong, in words for a child.

import { html } from './html.js';

const KINDS = { unreachable: 'offline', rate_limited: 'slow', unavailable: 'slow', deadline_exceeded: 'slow' };

export function Problem({ say, code, onAgain }) {
  if (!code) return null;
  return html`
    <p class="problem" role="alert">
      ${say.problems[KINDS[code] ?? 'other']} ${onAgain ? html`<button type="button" class="plain" onClick=${onAgain}>${say.again}</button>` : say.kept}
    </p>
  `;
}
