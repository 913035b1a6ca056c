// The first meeting: a name and an age, both optional.

import { html, useState } from './html.js';
import { LanguageButton } from './languagebutton.js';
import { Pika } from './pika.js';
import { Problem } from './problem.js';

export function Welcome({ say, onLanguage, onMeet }) {
  const [name, setName] = useState('');
  const [age, setAge] = useState('');
  const [problem, setProblem] = useState('');

  const submit = async (event) => {
    event.preventDefault();
    setProblem('');
    const profile = { ...(name.trim() && { name: name.trim() }), ...(age && { age: Number(age) }) };
    await onMeet(profile).catch((error) => setProblem(error.code ?? 'internal'));
  };

  return html`
    <main class="welcome">
      <${LanguageButton} say=${say} onLanguage=${onLanguage} />
      <${Pika} />
      <h1>${say.hello}</h1>
      <p>${say.welcome}</p>
      <form onSubmit=${submit}>
        <label>${say.name}<input value=${name} onInput=${(event) => setName(event.target.value)} maxlength="40" autocomplete="off" /></label>
        <label>${say.age}<input type="number" inputmode="numeric" min="3" max="18" value=${age} onInput=${(event) => setAge(event.target.value)} /></label>
        <button class="primary" type="submit">${say.start}</button>
        <${Problem} say=${say} code=${problem} />
      </form>
    </main>
  `;
}
