// A client of /coach/stream: sends one turn and yields its events. Works in browsers and in Node 20.

export class CoachError extends Error {
  constructor(problem) {
    super(problem.detail ?? 'The coach cannot be reached.');
    this.code = problem.code ?? 'unreachable';
    this.retryAfter = problem.retry_after ?? null;
  }
}

/** `fetch` that throws a CoachError for a refusal (problem+json) and for a server that does not answer. */
export async function ask(url, { key = '', headers, ...options } = {}) {
  const own = { 'content-type': 'application/json', ...headers, ...(key && { 'x-api-key': key }) };
  const answer = await fetch(url, { ...options, headers: own }).catch(() => {
    throw new CoachError({});
  });
  if (!answer.ok) throw new CoachError(await answer.json().catch(() => ({ code: 'internal' })));
  return answer;
}

/** The events of one turn, `final` last. Throws a CoachError when the turn fails or the connection ends before it. */
export async function* turn(input, { base = '', key = '', signal } = {}) {
  const options = { method: 'POST', headers: { accept: 'text/event-stream' }, body: JSON.stringify({ input }), key, signal };
  const answer = await ask(`${base}/coach/stream`, options);
  let isWhole = false;
  for await (const { event, data } of serverSentEvents(answer.body)) {
    if (event === 'error') throw new CoachError({ code: 'internal', detail: JSON.parse(data).message });
    if (event !== 'data') continue;
    const told = JSON.parse(data);
    if (told.event === 'error') throw new CoachError(told);
    isWhole ||= told.event === 'final';
    yield told;
  }
  if (!isWhole) throw new CoachError({});
}

async function* serverSentEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      if (done) return;
      const blocks = (pending + value).split(/\r?\n\r?\n/);
      pending = blocks.pop();
      for (const block of blocks) yield parsed(block);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parsed(block) {
  const fields = block.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const of = (name) => fields.filter(([field]) => field === name).map(([, value]) => value);
  return { event: of('event')[0] ?? 'message', data: of('data').join('\n') };
}
