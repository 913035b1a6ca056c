// Where the lesson stands, and the two switches: Vietnamese help, the page's language.

import { html } from './html.js';
import { LanguageButton } from './languagebutton.js';
import { Pika } from './pika.js';

export function TopBar({ say, self, lesson, onChange }) {
  return html`
    <header>
      <${Pika} />
      <h1>${lesson ? lesson.title[self.language] : 'Pika'}</h1>
      <${LanguageButton} say=${say} onLanguage=${(language) => onChange({ language })} />
      ${lesson ? html`<${Progress} say=${say} lesson=${lesson} />` : html`<span></span>`}
      <label class="switch">
        <input type="checkbox" role="switch" checked=${self.help} onChange=${(event) => onChange({ help: event.target.checked })} />
        <span class="track" aria-hidden="true"></span>
        ${say.help}
      </label>
    </header>
  `;
}

function Progress({ say, lesson }) {
  const now = lesson.index + 1;
  const text = say.step.replace('{index}', now).replace('{total}', lesson.total);
  const stage = (index) => (index < lesson.index ? 'done' : index === lesson.index ? 'now' : '');
  return html`
    <div class="progress">
      <div class="steps" role="progressbar" aria-label=${say.lesson} aria-valuemin="1" aria-valuemax=${lesson.total} aria-valuenow=${now} aria-valuetext=${text}>
        ${Array.from({ length: lesson.total }, (_, index) => html`<span class=${stage(index)}></span>`)}
      </div>
      <span class="count" aria-hidden="true">${now}/${lesson.total}</span>
    </div>
  `;
}
