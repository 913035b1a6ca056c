// The page's own icons.

import { html } from './html.js';

const icon = (name, markup) => html`<svg class=${`icon ${name}`} viewBox="0 0 24 24" aria-hidden="true">${markup}</svg>`;

export const Send = () => icon('send-icon', html`<path d="M3.5 11.2 20 4.2a.9.9 0 0 1 1.2 1.2l-7 16.5a.9.9 0 0 1-1.7-.1l-1.7-6.6-6.6-1.7a.9.9 0 0 1-.7-1.6z" />`);

export const Speaker = () => icon('speaker', html`<path d="M4 9v6h4l5 4V5L8 9z" /><path class="stroke" d="M16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11" />`);

export const Mic = () => icon('mic-icon', html`<path d="M12 14.5a3.5 3.5 0 0 0 3.5-3.5V6a3.5 3.5 0 0 0-7 0v5a3.5 3.5 0 0 0 3.5 3.5z" /><path class="stroke" d="M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21" />`);

export const Camera = () => icon('camera', html`<path class="stroke" d="M4 7.5h3.2L9 5h6l1.8 2.5H20A1.5 1.5 0 0 1 21.5 9v9a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5z" /><circle class="stroke" cx="12" cy="13" r="3.6" />`);

export const Stop = () => icon('stop-icon', html`<rect x="6" y="6" width="12" height="12" rx="2.5" />`);

export const Globe = () => icon('globe', html`<path class="stroke" d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 2.6 4 5.6 4 9s-1 6.4-4 9c-3-2.6-4-5.6-4-9s1-6.4 4-9z" />`);

export const Leaf = () => icon('leaf', html`<path d="M12 21v-8C12 9 9 6 3.5 6 3.5 11 6.5 13.5 12 13.5M12 11c0-4 3-7 8.5-7 0 5-3 7.5-8.5 8" /><path class="stroke" d="M12 21v-8" />`);
