// Which screen is there: the key, the first meeting, or the talk.

import { introduce } from './api.js';
import { html, useEffect, useState } from './html.js';
import { KeyForm } from './key.js';
import { remember, remembered } from './memory.js';
import { useTalk } from './talk.js';
import { TalkScreen } from './talkscreen.js';
import { Welcome } from './welcome.js';
import { words } from './words.js';

export function Page() {
  const [self, setSelf] = useState(remembered);
  const [refusedKey, setRefusedKey] = useState(null);
  const { talk, send, load, trouble } = useTalk(self, () => setRefusedKey(self.key));
  const say = words(self.language);
  const change = (values) => setSelf((before) => ({ ...before, ...values }));

  useEffect(() => remember(self), [self]);
  useEffect(() => {
    document.documentElement.lang = self.language;
  }, [self.language]);

  const tryKey = (key) => {
    setRefusedKey(null);
    change({ key });
    if (key === self.key) load();
  };
  const meet = async (profile) => {
    if (Object.keys(profile).length) await introduce(self.learner, profile, self.key);
    change({ met: true });
    if (!talk.lines.length) await send('Hello!');
  };

  if (refusedKey === self.key) return html`<${KeyForm} say=${say} isWrong=${self.key !== ''} onKey=${tryKey} />`;
  if (!self.met) return html`<${Welcome} say=${say} onLanguage=${(language) => change({ language })} onMeet=${meet} />`;
  return html`<${TalkScreen} say=${say} self=${self} talk=${talk} onChange=${change} onSend=${send} onLoad=${load} onTrouble=${trouble} />`;
}
