// A page with useStream of LangGraph's React package, rendered in a DOM of this process. Arguments: base URL, key.
import { Window } from 'happy-dom';

const window = new Window({ url: 'http://localhost/' });
Object.assign(globalThis, { window, document: window.document });
globalThis.navigator ??= window.navigator; // Node has its own from version 21 on
const { createElement, useState } = await import('react');
const { createRoot } = await import('react-dom/client');
const { useStream } = await import('@langchain/langgraph-sdk/react');

const [apiUrl, apiKey] = process.argv.slice(2);
const seen = { lengths: new Set(), custom: 0, errors: [] };
let chat;
let threadId = null;

function Page({ thread }) {
  const [current, setCurrent] = useState(thread);
  chat = useStream({
    apiUrl,
    apiKey,
    assistantId: 'coach',
    threadId: current,
    fetchStateHistory: true,
    reconnectOnMount: true,
    onThreadId: (id) => setCurrent((threadId = id)),
    onCustomEvent: () => (seen.custom += 1),
    onError: (error) => seen.errors.push(String(error)),
  });
  const last = chat.messages.at(-1);
  if (chat.isLoading && last?.type === 'ai') seen.lengths.add(last.content.length);
  return createElement(
    'ol',
    null,
    chat.messages.map((message) => createElement('li', { key: message.id }, `${message.type}: ${message.content}`)),
  );
}

const until = async (condition, what) => {
  for (let waited = 0; waited < 30000; waited += 10) {
    if (condition()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`waited too long for ${what}: ${JSON.stringify({ ...seen, messages: chat.messages })}`);
};
const lines = (place) => [...place.querySelectorAll('li')].map((line) => line.textContent);
const open = (thread) => {
  const place = window.document.createElement('div');
  const root = createRoot(place);
  root.render(createElement(Page, { thread }));
  return { place, root };
};
const say = async (content, count) => {
  await chat.submit(
    { messages: [{ type: 'human', content }] },
    {
      context: { learner_id: 'npm-react' },
      streamMode: ['values'],
      streamSubgraphs: true,
      streamResumable: true,
      optimisticValues: (before) => ({ messages: [...(before.messages ?? []), { type: 'human', content, id: 'mine' }] }),
    },
  );
  await until(() => !chat.isLoading && chat.messages.length === count, `${count} messages`);
};

const page = open(null);
await until(() => chat !== undefined, 'the page');
await say('hello', 2);
await say('yesterday i go to the zoo', 4);
await until(() => lines(page.place).length === 4, 'four lines');
const shown = lines(page.place);
const ids = chat.messages.map((message) => message.id);
const thread = threadId;
page.root.unmount();
const later = open(thread);
await until(() => lines(later.place).length === 4, 'the conversation again');
console.log(
  JSON.stringify({
    shown,
    again: lines(later.place),
    ids: new Set(ids).size,
    history: chat.history.length,
    grew: seen.lengths.size,
    custom: seen.custom,
    errors: seen.errors,
  }),
);
process.exit(0);
