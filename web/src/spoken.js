// The child's own sentence, word by word: how each sounded, and what helps.

import { html, useState } from './html.js';
import { Listen } from './listen.js';
import { ipa, levelOf, levelOfWord, tipFor } from './pronounced.js';

export function Spoken({ heard, say, language, help }) {
  const [opened, setOpened] = useState(null);
  const word = heard.words[opened];
  return html`
    <div class="spoken" role="group" aria-label=${say.spoken}>
      ${heard.words.map((each, index) => html`<${Word} word=${each} say=${say} isOpen=${index === opened} onPress=${() => setOpened(index === opened ? null : index)} />`)}
    </div>
    ${word && html`<${Sounds} word=${word} tip=${tipFor(heard, word)} say=${say} language=${language} help=${help} />`}
  `;
}

function Word({ word, say, isOpen, onPress }) {
  const level = levelOfWord(word);
  return html`<button type="button" class=${`word-heard ${level}`} lang="en" aria-expanded=${isOpen} onClick=${onPress}>${word.text}<span class="hidden" lang=${say.code}>: ${say.levels[level]}</span></button>`;
}

function Sounds({ word, tip, say, language, help }) {
  const languages = [...new Set([language, help ? 'vi' : language])];
  return html`
    <section class="sounds" aria-label=${`${say.soundsOf}: ${word.text}`}>
      <p class="spelled"><strong lang="en">${word.text}</strong> <${Listen} text=${word.text} label=${`${say.listen}: ${word.text}`} /></p>
      ${!word.omitted && html`<ul class="phones">${word.phones.map((phone) => html`<${Phone} phone=${phone} say=${say} />`)}</ul>`}
      ${tip ? languages.map((each) => html`<p class="how" lang=${each}>${tip.how[each]}${tip.why ? ` ${tip.why[each]}` : ''}</p>`) : html`<p class="how">${say.levels[levelOfWord(word)]}</p>`}
      ${tip?.pair && html`<p class="pair">${say.compare}: ${tip.pair.map((each) => html`<span class="one" lang="en">${each}<${Listen} text=${each} label=${`${say.listen}: ${each}`} /></span>`)}</p>`}
    </section>
  `;
}

function Phone({ phone, say }) {
  const level = levelOf(phone);
  const instead = phone.heard ? `, ${say.sounded} ${ipa(phone.heard)}` : '';
  return html`<li class=${level}><span aria-hidden="true">${ipa(phone.phone)}${phone.heard ? html` <s>${ipa(phone.heard)}</s>` : ''}</span><span class="hidden">${ipa(phone.phone)}: ${say.levels[phone.heard === '' ? 'missing' : level]}${instead}</span></li>`;
}
