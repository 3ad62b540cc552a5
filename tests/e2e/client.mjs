// A test client: another installation that speaks JSON to the endpoint.
import { randomUUID } from 'node:crypto';

const post = async (base, path, body, token) => {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

/** Signs in on a new installation; `sync` returns the response, `families` all families that are granted. */
export async function client(endpoint, { user, password }) {
  const base = `http://127.0.0.1:${endpoint.port}`;
  const device = randomUUID();
  const { status, body: session } = await post(base, '/api/v1/session', { user, password, device });
  if (status !== 200) throw new Error(`signing in answered ${status}: ${JSON.stringify(session)}`);
  const sync = async (cursor = null) => {
    const request = { version: 1, realm: session.realm, device, vault: session.vault, cursor, entries: [] };
    const { status, body } = await post(base, '/api/v1/sync', request, session.token);
    if (status !== 200) throw new Error(`sync answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const families = async () => {
    const found = new Map();
    for (let cursor = null, more = true; more;) {
      const page = await sync(cursor);
      for (const change of page.changes) if (change.type === 'grant') found.set(change.family.id, change.family);
      ({ cursor, more } = page);
    }
    return found;
  };
  return { session, device, sync, families, post: (path, body) => post(base, path, body, session.token) };
}

/** Counters of the endpoint, by name with labels. */
export async function metrics(endpoint) {
  const text = await (await fetch(`http://127.0.0.1:${endpoint.port}/metrics`)).text();
  const rows = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return Object.fromEntries(rows.map((line) => { const at = line.lastIndexOf(' '); return [line.slice(0, at), Number(line.slice(at + 1))]; }));
}
