// Where the child writes: a field that never loses words, and ready-made lines for a small thumb.

import { CameraButton } from './camera.js';
import { html, useEffect, useRef, useState } from './html.js';
import { Send } from './icons.js';
import { Listening, MicrophoneButton, useMicrophone } from './microphone.js';
import { Problem } from './problem.js';

const MAX_CHARACTERS = 2000;

export function Composer({ say, talk, onSend, onLoad, onTrouble }) {
  const [text, setText] = useState('');
  const field = useRef(null);
  const { busy, unsent } = talk;
  const microphone = useMicrophone({ onSound: (sound) => onSend('', { sound }), onProblem: onTrouble });

  useEffect(() => {
    if (hasMouse()) field.current.focus();
  }, []);
  useEffect(() => {
    if (unsent) setText((typed) => [unsent.text, typed].filter(Boolean).join(' '));
  }, [unsent]);

  const submit = (event) => {
    event.preventDefault();
    field.current.focus();
    if (busy || !text.trim()) return;
    setText('');
    onSend(text.trim());
  };
  const show = (picture) => {
    setText('');
    onSend(text.trim(), { picture });
  };
  const quick = (words) => {
    if (hasMouse()) field.current.focus();
    if (!busy) onSend(words);
  };

  return html`
    <footer>
      <${Problem} say=${say} code=${talk.problem} onAgain=${unsent ? null : onLoad} />
      ${microphone.recording ? html`<${Listening} say=${say} onCancel=${microphone.cancel} />` : html`<div class="quick" role="group" aria-label=${say.quick}>
        ${(talk.lines.length ? say.replies : say.openings).map((words) => html`<button type="button" class="chip" aria-disabled=${busy} onClick=${() => quick(words)}>${words}</button>`)}
      </div>`}
      <form class="write" onSubmit=${submit}>
        <input ref=${field} value=${text} onInput=${(event) => setText(event.target.value)} maxlength=${MAX_CHARACTERS}
          placeholder=${say.placeholder} aria-label=${say.placeholder} autocomplete="off" autocorrect="off" spellcheck=${false} enterkeyhint="send" />
        <${CameraButton} say=${say} busy=${busy || microphone.recording} onPicture=${show} onProblem=${onTrouble} />
        <${MicrophoneButton} say=${say} microphone=${microphone} busy=${busy} />
        <button class="send" type="submit" aria-disabled=${busy || !text.trim()} aria-label=${say.send}><${Send} /></button>
      </form>
    </footer>
  `;
}

// On a phone a focused field opens the keyboard, which would cover the reply.
const hasMouse = () => matchMedia('(pointer: fine)').matches;
