// Asks for the API key when the server wants one.

import { html, useState } from './html.js';
import { Pika } from './pika.js';

export function KeyForm({ say, isWrong, onKey }) {
  const [key, setKey] = useState('');
  const submit = (event) => {
    event.preventDefault();
    if (key.trim()) onKey(key.trim());
  };
  return html`
    <main class="welcome">
      <${Pika} />
      <h1>${say.keyTitle}</h1>
      <p>${say.keyHelp}</p>
      <form onSubmit=${submit}>
        <label>${say.key}<input type="password" value=${key} onInput=${(event) => setKey(event.target.value)} autocomplete="current-password" required /></label>
        <button class="primary" type="submit">${say.open}</button>
        ${isWrong && html`<p class="problem" role="alert">${say.keyWrong}</p>`}
      </form>
    </main>
  `;
}
