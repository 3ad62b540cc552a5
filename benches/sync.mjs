// `cargo xtask bench sync`: what a sync costs on the wire, counted by a hop between the phone and the endpoint with every
// header, and beside it what other tools send for the same work.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { begin, by, finishAsItIs, go, outboxSays } from '../tests/e2e/facilitator.mjs';
import { client } from '../tests/e2e/client.mjs';
import { readyPhone, within } from './browser/bench.mjs';
import { noPeers, peerSync } from './browser/peers.mjs';
import { publish, say } from './report.mjs';

const ASSESSMENTS = 20;

/** The endpoint in one process with eight phones, on a disk and not in memory; its answers are checked. */
function stored() {
  const folder = join(process.env.NK_BENCH_OUT, 'sync');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const command = ['bench', '--locked', '--quiet', '--package', 'naik-kelas-server', '--bench', 'sync', '--', process.env.NK_PACK, folder];
  const told = JSON.parse(execFileSync('cargo', command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
  rmSync(folder, { recursive: true, force: true });
  return told;
}

const entries = stored();
say(`${entries.entries} entries through HTTP, ${entries.http_per_second.samples} times`);
const counted = await within(async (scope) => {
  const { endpoint, link, phone: { page, context } } = await readyPhone(scope, 60);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((family) => !family.last).slice(0, ASSESSMENTS);
  if (families.length < ASSESSMENTS) throw new Error(`${families.length} families without an assessment`);
  let requests = 0;
  context.on('request', (request) => { if (request.url().includes('/api/')) requests += 1; });
  /** Bytes and requests of one sync that somebody asks for. */
  const sync = async () => {
    await go(page, '#kotak-keluar');
    await by(page, 'sync-now').waitFor();
    await link.quiet(500);
    link.reset();
    requests = 0;
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/sync'));
    await by(page, 'sync-now').tap();
    await answered;
    await link.quiet(1_500);
    const { up, down } = link.counts;
    return { up, down, requests };
  };
  await sync();
  const nothing = await sync();
  if (nothing.requests === 0 || nothing.up === 0) throw new Error('nothing was asked of the endpoint');

  link.cut();
  page.setDefaultTimeout(60_000);
  for (const family of families) await finishAsItIs(page, await begin(page, family));
  await outboxSays(page, { waiting: ASSESSMENTS });
  say(`${ASSESSMENTS} assessments wait`);
  // Counted from the moment that there is signal again: the phone may begin by itself, before anybody asks.
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').waitFor();
  await link.quiet(500);
  link.reset();
  requests = 0;
  link.restore();
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0 });
  await link.quiet(1_500);
  const sent = { up: link.counts.up, down: link.counts.down, requests };
  // No assessment is that small: then it was sent before it was counted.
  if (sent.up < ASSESSMENTS * 60) throw new Error(`${ASSESSMENTS} assessments in ${sent.up} bytes were not counted whole`);
  return { nothing, sent };
});

const total = ({ up, down }) => up + down;
const peers = peerSync()?.none;
const beside = (step, part) => (peers ? { peer: { name: step === 'push' ? 'PouchDB, 350 assessments' : 'PouchDB', value: part(peers[step]) } } : {});
const { nothing, sent } = counted;
publish('sync', [
  { what: 'sync with nothing to say: both ways, headers included', value: total(nothing), unit: 'bytes', most: 1500, ...beside('nochange_sync', (step) => step.up.median + step.down.median), note: `up ${nothing.up}, down ${nothing.down}` },
  { what: 'sync with nothing to say', value: nothing.requests, unit: 'requests', most: 1, ...beside('nochange_sync', (step) => step.requests.median) },
  { what: `${ASSESSMENTS} assessments sent: up, headers included`, value: sent.up, unit: 'bytes', most: 10_000, note: `down ${sent.down}` },
  { what: `${ASSESSMENTS} assessments sent`, value: sent.requests, unit: 'requests', most: 2 },
  { what: 'bytes an assessment sent', value: sent.up / ASSESSMENTS, unit: 'bytes', ...(peers ? { peer: { name: 'PouchDB', value: peers.push.up.median / 350 } } : {}) },
  ...(peers ? [] : [{ what: 'PouchDB and OpenRosa sending the same', notMeasured: noPeers }]),
  { what: '350 assessments on 400 kbit/s', notMeasured: 'no fixture of a phone with 350 finished assessments yet: walking them takes an hour' },
  { what: 'entries stored durably through HTTP, batches of 25, SQLite', value: entries.http_per_second.median, unit: 'entries/s', least: 5000, timesPeerAtLeast: 0.5,
    peer: { name: 'the same rows straight, a commit for 25', value: entries.straight_per_second.median }, note: `${entries.phones} phones on the same cores, median of ${entries.http_per_second.samples}` },
  { what: 'the same, best of the runs', value: entries.http_per_second.max, unit: 'entries/s', peer: { name: 'straight, a commit for 500', value: entries.straight_by_500_per_second.max } },
  { what: 'the same, PostgreSQL', notMeasured: 'the endpoint has SQLite alone' },
], { counted, entries });
