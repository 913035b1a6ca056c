// Talks with the coach through LangGraph's own client. Arguments: base URL, key.
import { Client } from '@langchain/langgraph-sdk';

const [apiUrl, apiKey] = process.argv.slice(2);
const client = new Client({ apiUrl, apiKey, callerOptions: { maxRetries: 0 } });
const said = (content) => ({ messages: [{ role: 'user', content }] });
const context = { learner_id: 'npm-lg' };
const all = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
};
const refusal = async (promise) => promise.then(() => null, (error) => error.status ?? String(error));

const assistants = (await client.assistants.search({ graphId: 'coach' })).map((one) => one.graph_id);
const { thread_id: thread } = await client.threads.create({ metadata: { topic: 'npm' } });
let created;
const first = await all(
  client.runs.stream(thread, 'coach', {
    input: said('hello'),
    context,
    streamMode: ['values', 'messages-tuple', 'custom', 'updates'],
    onRunCreated: (run) => (created = run),
  }),
);
const pieces = first.filter((part) => part.event === 'messages').map((part) => part.data[0].content);
const waited = await client.runs.wait(thread, 'coach', { input: said('i like cats'), context });
const state = await client.threads.getState(thread);
const history = await client.threads.getHistory(thread);
const run = await client.runs.create(thread, 'coach', { input: said('i like dogs'), context });
const joined = await all(client.runs.joinStream(thread, run.run_id, { streamMode: ['values'] }));
const again = await all(client.runs.joinStream(thread, run.run_id, { lastEventId: joined[1].id, streamMode: ['values'] }));
const ended = await client.runs.join(thread, run.run_id);
const status = (await client.runs.get(thread, run.run_id)).status;
const cancelled = await refusal(client.runs.cancel(thread, run.run_id));
const drawn = (await client.assistants.getGraph('coach')).nodes.map((node) => node.id);
const busy = new Client({ apiUrl, apiKey, callerOptions: { maxRetries: 0 } });
const found = (await busy.threads.search({ metadata: { topic: 'npm' } })).map((one) => one.thread_id === thread);
const refused = await refusal(client.runs.wait(thread, 'coach', { input: said('x'), command: { resume: 1 } }));
const alone = await client.runs.wait(null, 'coach', { input: said('hello'), context });

console.log(
  JSON.stringify({
    assistants,
    created: created.thread_id === thread && first[0].data.run_id === created.run_id,
    events: [...new Set(first.map((part) => part.event))],
    streamed: pieces.join(''),
    reply: first.findLast((part) => part.event === 'values').data.messages.at(-1).content,
    same: JSON.stringify(state.values) === JSON.stringify(waited) && history.length === 1,
    joined: joined.map((part) => part.event),
    again: again.map((part) => part.event),
    ended: ended.messages.length,
    status,
    cancelled,
    drawn,
    found,
    refused,
    alone: alone.messages.length,
  }),
);
process.exit(0);
