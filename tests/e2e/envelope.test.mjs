// What no phone of ours sends: over a real connection too, the answer says what is wrong in a form that a program can read.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startEndpoint } from './harness.mjs';

test('a broken, a strange and an over-long body are problems with a code, and the endpoint goes on', async (t) => {
  const { port, facilitator } = await startEndpoint(t);
  const post = async (path, body, headers) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
  };
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const device = randomUUID();
  const signIn = { user: facilitator.user, password: facilitator.password, device };
  const { body: session } = await post('/api/v1/session', JSON.stringify(signIn), json);
  const signedIn = { ...json, authorization: `Bearer ${session.token}` };
  const good = JSON.stringify({ version: 1, realm: session.realm, device, vault: session.vault, cursor: null, entries: [] });
  for (const [body, headers, status, code] of [
    [good.slice(0, -1), signedIn, 400, 'unreadable-body'],
    ['', signedIn, 400, 'unreadable-body'],
    [good, { ...signedIn, 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    [`${good}${' '.repeat(2_000_000)}`, signedIn, 413, 'body-too-large'],
    [good, json, 401, 'no-token'],
  ]) {
    const answer = await post('/api/v1/sync', body, headers);
    assert.deepEqual([answer.status, answer.type, answer.body.code], [status, 'application/problem+json', code]);
    assert.equal(answer.body.status, status);
    assert.ok(answer.body.title.length > 10);
  }
  assert.equal((await post('/api/v1/sync', good, signedIn)).status, 200);
});
