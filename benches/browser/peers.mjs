// The peers that run in a browser, by their own scripts, from the folder where they were installed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../report.mjs';

const { NK_PEERS_BROWSER, NK_PEERS_TROUBLE, CHROMIUM } = process.env;
export const noPeers = NK_PEERS_TROUBLE || 'no --peers given';

/** Runs one of the peers' scripts and gives its part of the results; nothing where there are no peers. */
function results(script, part, settings) {
  if (!NK_PEERS_BROWSER) return undefined;
  say(`peers: ${script}`);
  const file = `results-${part}.json`;
  execFileSync('node', [script], { cwd: NK_PEERS_BROWSER, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CHROMIUM, RESULTS: file, NODE_PATH: '', ...settings } });
  return JSON.parse(readFileSync(join(NK_PEERS_BROWSER, file), 'utf8'))[part];
}

let storage;
/** Rows of other stores for one save (mean of 200), and of raw IndexedDB for 10,000 records. */
export async function peerStorage(saves) {
  storage ??= results('bench-storage.mjs', 'storage', { RUNS: '3' }) ?? null;
  if (!storage) return [];
  const names = { 'idb-strict': "peers' raw IndexedDB, strict, 6 KB", dexie: 'Dexie', pouchdb: 'PouchDB', rxdb: 'RxDB' };
  const found = Object.entries(names).map(([kind, name]) => ({ peer: { name, value: storage.small.cpu6[kind].autosave_ms.median / saves } }));
  const raw = storage.large['idb-strict'].cpu6;
  found.big = { list: raw.list_ms.median, search: raw.prefix_ms.median };
  return found;
}

/** Enketo with fifteen members, and the bare fields of the peers' own harness. */
export function peerForm() {
  return results('bench-form.mjs', 'form', { RUNS: '3', ONLY: '15,floor' })?.latency;
}

/** PouchDB and OpenRosa sending 350 assessments, without a slow link. */
export function peerSync() {
  return results('bench-sync.mjs', 'sync', { RUNS: '1', NET: 'none' });
}
