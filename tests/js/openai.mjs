// Talks with the coach through OpenAI's own client. Arguments: base URL, key.
import OpenAI from 'openai';

const [url, key] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const asked = { model: 'pika-coach', user: 'npm', metadata: { thread_id: 'npm' } };
const say = (content) => ({ ...asked, messages: [{ role: 'user', content }] });

const models = (await client.models.list()).data.map((model) => model.id);
const whole = await client.chat.completions.create(say('hello'));
let streamed = '';
const ends = [];
let usage = null;
const stream = await client.chat.completions.create({
  ...say('yesterday i go to the zoo'),
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  streamed += chunk.choices[0]?.delta?.content ?? '';
  if (chunk.choices[0]?.finish_reason) ends.push(chunk.choices[0].finish_reason);
  usage = chunk.usage ?? usage;
}
const helper = client.chat.completions.stream(say('i like cats'));
const collected = await helper.finalContent();
let refused;
try {
  await client.chat.completions.create({ ...say('x'), n: 2 });
} catch (error) {
  refused = { kind: error.constructor.name, status: error.status, code: error.code, param: error.param };
}
console.log(JSON.stringify({ models, whole: whole.choices[0].message.content, streamed, ends, usage, collected, refused }));
