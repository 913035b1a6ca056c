// The JSON side of the coach: profile and the conversation so far.

import { ask } from './client.js';

const call = async (path, options) => (await ask(`api/v1/${path}`, options)).json();

export const conversation = (learner, key) => call(`learners/${learner}/threads/main`, { key });

export const introduce = (learner, profile, key) =>
  call(`learners/${learner}`, { key, method: 'PATCH', body: JSON.stringify(profile) });
