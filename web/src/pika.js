// Pika's face.

import { html } from './html.js';

export function Pika() {
  return html`
    <svg class="pika" viewBox="0 0 64 64" aria-hidden="true">
      <path d="M32 6v8" stroke="#e08a1e" stroke-width="3" stroke-linecap="round" />
      <circle cx="32" cy="6" r="4" fill="#ff7a59" />
      <rect x="8" y="14" width="48" height="40" rx="16" fill="#ffb84d" />
      <rect x="3" y="28" width="6" height="14" rx="3" fill="#e08a1e" />
      <rect x="55" y="28" width="6" height="14" rx="3" fill="#e08a1e" />
      <rect x="14" y="21" width="36" height="24" rx="11" fill="#fff7e8" />
      <circle cx="24" cy="32" r="4" fill="#2f3a4a" />
      <circle cx="40" cy="32" r="4" fill="#2f3a4a" />
      <path d="M26 38q6 5 12 0" fill="none" stroke="#2f3a4a" stroke-width="2.5" stroke-linecap="round" />
    </svg>
  `;
}
