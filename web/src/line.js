// One line of the conversation.

import { Thumbnail } from './camera.js';
import { Correction } from './correction.js';
import { html } from './html.js';
import { Camera, Mic } from './icons.js';
import { isVietnamese, shown } from './language.js';
import { Listen } from './listen.js';
import { Pika } from './pika.js';
import { Spoken } from './spoken.js';

export function Line({ line, say, language, help, children }) {
  const isChild = line.who === 'child';
  return html`
    <li class=${`line ${line.who}`}>
      ${!isChild && html`<${Pika} />`}
      <div class="said">
        <span class="hidden">${isChild ? say.you : say.pika}: </span>
        ${line.picture && html`<${Thumbnail} picture=${line.picture} say=${say} />`}
        ${line.heard
          ? html`<div class="bubble"><${Spoken} heard=${line.heard} say=${say} language=${language} help=${help} /></div>`
          : (!line.picture || line.sentences[0].text) && html`<p class="bubble">${isUnspelled(line) ? html`<${Unspelled} line=${line} say=${say} />` : shown(line.sentences, help && !isChild).map((sentence) => html`<${Sentence} sentence=${sentence} />`)}</p>`}
        ${!isChild && html`<${Listen} text=${line.sentences.map(({ text }) => text).join(' ')} label=${say.listen} />`}
        ${line.correction && html`<${Correction} correction=${line.correction} say=${say} language=${language} help=${help} />`}
        ${children}
      </div>
    </li>
  `;
}

/** Spoken and not understood (yet), or shown. */
const isUnspelled = ({ who, sentences }) => who === 'child' && !sentences[0].text;

function Unspelled({ line, say }) {
  if (!line.sight) return html`<${Mic} /><span class="hidden">${say.spoke}</span>`;
  return html`<${Camera} /><span class="hidden">${say.shown}</span>${line.sight.word && html` <span lang="en">${line.sight.word}</span>`}`;
}

export function Thinking({ say }) {
  return html`
    <li class="line coach">
      <${Pika} />
      <p class="bubble thinking"><span class="hidden">${say.thinking}</span><i></i><i></i><i></i></p>
    </li>
  `;
}

function Sentence({ sentence }) {
  return html`
    <span class="sentence" lang=${isVietnamese(sentence.text) ? 'vi' : 'en'}>${emphasised(sentence.text)} </span>
    ${sentence.vi && html`<span class="vi" lang="vi">${sentence.vi} </span>`}
  `;
}

function emphasised(text) {
  return text.split(/(\*\*[^*]+\*\*|\*[^*]+\*)/).map((part) => (part.startsWith('*') ? html`<strong>${part.replaceAll('*', '')}</strong>` : part));
}
