// Changes the language of the page; it is written in the language that it leads to.

import { html } from './html.js';
import { Globe } from './icons.js';

export function LanguageButton({ say, onLanguage }) {
  const { code, name } = say.other;
  return html`<button type="button" class="plain language" lang=${code} onClick=${() => onLanguage(code)}><${Globe} />${name}</button>`;
}
