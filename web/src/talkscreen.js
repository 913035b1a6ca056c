// The talk: lesson on top, lines in the middle, the child's field below.

import { Card } from './card.js';
import { Composer } from './composer.js';
import { lastOf } from './conversation.js';
import { html, useEffect, useRef } from './html.js';
import { plain } from './language.js';
import { Line, Thinking } from './line.js';
import { TopBar } from './topbar.js';

export function TalkScreen({ say, self, talk, onChange, onSend, onLoad, onTrouble }) {
  const view = useRef(null);
  const { lines, busy } = talk;
  const cardAt = lines.findLastIndex((line) => line.card);
  const card = cardAt >= 0 && cardAt === lastOf(busy ? lines.slice(0, lastOf(lines, 'child')) : lines, 'coach') ? lines[cardAt].card : null;

  useEffect(() => {
    view.current.scrollTop = view.current.scrollHeight;
  }, [lines, busy, self.help, talk.problem]);

  return html`
    <${TopBar} say=${say} self=${self} lesson=${talk.lesson} onChange=${onChange} />
    <main ref=${view}>
      <ol class="lines" aria-label=${say.log} aria-busy=${busy}>
        ${lines.map((line, index) => html`
          <${Line} key=${index} line=${line} say=${say} language=${self.language} help=${self.help}>
            ${card && index === cardAt && html`<${Card} card=${card} say=${say} />`}
          <//>
        `)}
        ${busy && lines.at(-1).who === 'child' && html`<${Thinking} say=${say} />`}
      </ol>
    </main>
    <p class="hidden" role="status">${announced(talk.news, say)}</p>
    <${Composer} say=${say} talk=${talk} onSend=${onSend} onLoad=${onLoad} onTrouble=${onTrouble} />
  `;
}

/** What a screen reader hears of a turn: once, when the reply is whole. */
function announced(news, say) {
  if (!news) return '';
  const better = news.corrections[0] ? `${say.better}: ${news.corrections[0].recast} ` : '';
  return `${better}${say.pika}: ${plain(news.reply)}`;
}
