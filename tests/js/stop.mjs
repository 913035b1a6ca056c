// Stops a slow coach in each way that LangGraph's packages have. Argument: base URL.
import { Client } from '@langchain/langgraph-sdk';
import { Window } from 'happy-dom';

const window = new Window({ url: 'http://localhost/' });
Object.assign(globalThis, { window, document: window.document });
globalThis.navigator ??= window.navigator; // Node has its own from version 21 on
const { createElement } = await import('react');
const { createRoot } = await import('react-dom/client');
const { useStream } = await import('@langchain/langgraph-sdk/react');

const [apiUrl] = process.argv.slice(2);
const client = new Client({ apiUrl, callerOptions: { maxRetries: 0 } });
const slow = { messages: [{ type: 'human', content: '1 1200' }] }; // milliseconds between sentences
const newThread = async () => (await client.threads.create()).thread_id;
const until = async (condition, what) => {
  for (let waited = 0; waited < 30000; waited += 10) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`waited too long for ${what}`);
};
const ended = async (thread) => {
  await until(async () => (await client.threads.get(thread)).status === 'idle', 'the end of the turn');
  const [run] = await client.runs.list(thread);
  const { values } = await client.threads.getState(thread);
  return { status: run.status, messages: values.messages.map((message) => message.content) };
};

const thread = await newThread();
const leaving = new AbortController();
const options = { input: slow, streamMode: 'messages-tuple', onDisconnect: 'cancel', signal: leaving.signal };
try {
  for await (const part of client.runs.stream(thread, 'coach', options)) if (part.event === 'messages') leaving.abort();
} catch (error) {
  if (!leaving.signal.aborted) throw error;
}
const left = await ended(thread);

const watched = async (submitted) => {
  let chat;
  const threadId = await newThread();
  function Page() {
    chat = useStream({ apiUrl, assistantId: 'coach', threadId, reconnectOnMount: submitted.streamResumable, onError: () => {} });
    return createElement('p', null, String(chat.messages.length));
  }
  const root = createRoot(window.document.createElement('div'));
  root.render(createElement(Page));
  await until(() => chat !== undefined, 'the page');
  const done = chat.submit(slow, submitted);
  await until(() => chat.messages.at(-1)?.type === 'ai', 'the first sentence');
  await chat.stop();
  await done;
  root.unmount();
  return ended(threadId);
};
const stopped = await watched({ streamMode: ['messages-tuple'] });
const cancelled = await watched({ streamMode: ['messages-tuple'], streamResumable: true });
console.log(JSON.stringify({ left, stopped, cancelled }));
process.exit(0);
