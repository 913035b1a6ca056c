// The word card of a step: picture, word, its Vietnamese.

import { html } from './html.js';
import { Listen } from './listen.js';
import { picture } from './pictures.js';

export function Card({ card, say }) {
  const drawing = picture(card.picture);
  return html`
    <section class="card" aria-label=${say.card}>
      ${drawing && html`<svg class="picture" viewBox="0 0 64 64" aria-hidden="true" dangerouslySetInnerHTML=${{ __html: drawing }} />`}
      <p class="word" lang="en">${card.word}</p>
      <p class="meaning" lang="vi">${card.vi}</p>
      <${Listen} text=${card.word} label=${`${say.listen}: ${card.word}`} />
    </section>
  `;
}
