// The JSON side of the coach: profile and the conversation so far.

import { ask } from './client.js';

/** The id of a recording ("audio") or picture ("pictures") that was handed in, for the turn it belongs to. */
export const handIn = async (kind, file, key) =>
  (await (await ask(`api/v1/${kind}`, { key, method: 'POST', body: file, headers: { 'content-type': file.type } })).json()).id;

const call = async (path, options) => (await ask(`api/v1/${path}`, options)).json();

export const conversation = (learner, key) => call(`learners/${learner}/threads/main`, { key });

export const introduce = (learner, profile, key) =>
  call(`learners/${learner}`, { key, method: 'PATCH', body: JSON.stringify(profile) });
