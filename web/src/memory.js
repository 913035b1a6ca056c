// What this browser remembers: who talks, which language the page speaks, help, the key.

const KEY = 'pika-coach';

const freshId = () => `child-${[...crypto.getRandomValues(new Uint8Array(6))].map((b) => b.toString(16).padStart(2, '0')).join('')}`;

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function remembered() {
  const language = navigator.language?.startsWith('vi') ? 'vi' : 'en';
  return { learner: freshId(), language, help: false, key: '', met: false, ...stored() };
}

export function remember(values) {
  try {
    localStorage.setItem(KEY, JSON.stringify(values));
  } catch {
    // private windows may refuse: the page works, it only forgets
  }
}
