// The rescue file: what waits on a phone that is locked or broken leaves it in one tap, sealed; a colleague hands it in on
// another phone, and the endpoint has it once, as its author's.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client, metrics } from './client.mjs';
import { begin, by, finishAsItIs, go, installed, outboxSays, signIn, unlock } from './facilitator.mjs';
import { command, link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const accepted = async (endpoint) => (await metrics(endpoint))['naik_kelas_entries_total{outcome="accepted"}'] ?? 0;

/** A phone without signal, on which one finished assessment waits. */
async function stranded(t) {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [family] = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter(({ last }) => !last);
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const { page } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();
  const kpm = await begin(page, family);
  await finishAsItIs(page, kpm);
  await outboxSays(page, { waiting: 1 });
  return { endpoint, signal, page, kpm };
}

/** The file of one tap, in a folder of its own. */
async function exported(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), by(page, 'rescue').tap()]);
  assert.match(download.suggestedFilename(), /^naik-kelas-\d{4}-\d\d-\d\d\.json$/, 'nobody is named');
  const file = join(temporaryFolder('rescue'), 'file.json');
  await download.saveAs(file);
  return file;
}

/** The second facilitator of the district, on a phone of their own. */
async function colleague(t, endpoint) {
  const { page } = await openPhone(t, temporaryFolder('colleague'), { isMobile: false });
  const second = endpoint.accounts.find(({ role, user }) => role === 'facilitator' && user !== endpoint.facilitator.user);
  await signIn(page, `http://127.0.0.1:${endpoint.port}`, second);
  await go(page, '#saya');
  return page;
}

async function handIn(page, file, told) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), by(page, 'hand-in').tap()]);
  await chooser.setFiles(file);
  await by(page, 'rescue-told').getByText(told).waitFor();
}

test('a locked phone gives its file in one tap; a colleague hands it in, and it counts once and as its author\'s', async (t) => {
  const { endpoint, signal, page, kpm } = await stranded(t);
  await go(page, '#saya');
  await by(page, 'lock').tap();
  await by(page, 'unlock').waitFor();
  assert.deepEqual(await readable(page), []);
  const file = await exported(page);
  await by(page, 'rescue-told').getByText('1 catatan diekspor').waitFor();

  const other = await colleague(t, endpoint);
  const before = await accepted(endpoint);
  const text = readFileSync(file, 'utf8');
  const broken = join(temporaryFolder('rescue'), 'broken.json');
  writeFileSync(broken, text.slice(0, text.length / 2));
  await handIn(other, broken, 'Berkas terpotong');
  writeFileSync(broken, 'x'.repeat((8 << 20) + 1));
  await handIn(other, broken, 'Berkas terlalu besar');
  const edited = JSON.parse(text);
  const [row] = edited.tables.outbox;
  row.b = `${row.b.slice(0, 40)}${row.b[40] === 'A' ? 'B' : 'A'}${row.b.slice(41)}`;
  writeFileSync(broken, JSON.stringify(edited));
  await handIn(other, broken, '0 diterima, 0 sudah ada, ditolak: 1 damaged. 0 draf');
  assert.equal(await accepted(endpoint), before);

  await handIn(other, file, '1 diterima, 0 sudah ada, ditolak: 0.');
  assert.deepEqual(await readable(other), []);
  assert.equal(await accepted(endpoint), before + 1);
  await handIn(other, file, '0 diterima, 1 sudah ada, ditolak: 0.');
  assert.equal(await accepted(endpoint), before + 1);
  const listed = join(temporaryFolder('export'), 'assessments.ndjson');
  command('export', 'assessments', '--data', endpoint.data, '--format', 'ndjson', '--output', listed);
  const rows = readFileSync(listed, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const authors = rows.filter((row) => row.family_id === kpm).map((row) => row.facilitator);
  assert.deepEqual(authors, [endpoint.facilitator.user], 'once, and never the one who handed it in');

  await signal.restore();
  await unlock(page);
  await outboxSays(page, { waiting: 0 });
  assert.equal(await accepted(endpoint), before + 1, 'the phone hears that it is there already');
});

test('a phone whose app is broken gives the same file', async (t) => {
  const { endpoint, page } = await stranded(t);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        // What travelled, and the module that was made of it.
        if (/\.wasm(\?module)?$/.test(request.url)) await cache.put(request, new Response('spoilt', { headers: { 'content-type': 'application/wasm' } }));
      }
    }
  });
  for (let start = 1; start <= 2; start += 1) {
    const failed = page.waitForEvent('pageerror');
    await page.reload();
    await failed;
  }
  await page.reload();
  await by(page, 'rescue').waitFor();
  const file = await exported(page);
  const other = await colleague(t, endpoint);
  await handIn(other, file, '1 diterima, 0 sudah ada, ditolak: 0.');
  // An operator can take it too, while the endpoint serves.
  assert.match(command('rescue', file, '--data', endpoint.data), /^0 received, 1 already there, 0 drafts not taken/);
});
