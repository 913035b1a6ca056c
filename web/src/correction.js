// How it is said in English, softly under the child's own line.

import { html } from './html.js';
import { Leaf } from './icons.js';

export function Correction({ correction, say, language, help }) {
  const { recast, right, explanation } = correction;
  const languages = [...new Set([language, help ? 'vi' : language])].filter((each) => explanation[each]);
  return html`
    <div class="correction">
      <${Leaf} />
      <p><span class="better">${say.better}:</span> <span class="recast" lang="en">${highlighted(recast, right)}</span></p>
      ${languages.map((each) => html`<p class="why" lang=${each}>${explanation[each]}</p>`)}
    </div>
  `;
}

function highlighted(recast, right) {
  const at = right ? recast.toLowerCase().lastIndexOf(right.toLowerCase()) : -1;
  if (at < 0) return recast;
  return [recast.slice(0, at), html`<strong>${recast.slice(at, at + right.length)}</strong>`, recast.slice(at + right.length)];
}
