// The way out when the app does not come up, or breaks down: what was not sent is exported sealed, and nothing is deleted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client, metrics } from './client.mjs';
import { answer, begin, by, finishAsItIs, installed, openSection, outboxSays, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const PLANTED = ['Zulaikha Rahasia Contoh', '3209146908950001'];

/** A phone without signal, with one finished assessment that waits and one draft with a planted person. */
async function phoneWithUnsentWork(t, prepare = async () => {}) {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [done, begun] = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((family) => !family.last);
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const { page } = phone;
  await prepare(phone.context);
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();
  await finishAsItIs(page, await begin(page, done));
  await outboxSays(page, { waiting: 1 });
  const kpm = await begin(page, begun);
  await openSection(page, kpm, 'members');
  await by(page, 'member-row').first().tap();
  await by(page, 'member').waitFor();
  const saved = await page.evaluate(() => performance.getEntriesByName('nk:save').length);
  await answer(page, 'members.0.name', PLANTED[0]);
  await answer(page, 'members.0.nik', PLANTED[1]);
  await page.waitForFunction((before) => performance.getEntriesByName('nk:save').length >= before + 2, saved);
  return { endpoint, signal, page };
}

/** Takes the export that the screen offers: it holds what waits and the draft, and nothing of a person can be read in it. */
async function exported(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), by(page, 'rescue').tap()]);
  const text = readFileSync(await download.path(), 'utf8');
  const { format, tables } = JSON.parse(text);
  assert.equal(format, 'naik-kelas-rescue');
  assert.deepEqual(Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length])), { outbox: 1, refused: 0, drafts: 1 });
  const opened = Object.values(tables).flat().map(({ b }) => Buffer.from(b, 'base64').toString('latin1')).join('\n');
  for (const secret of PLANTED) for (const form of [text, opened]) assert.ok(!form.includes(secret), 'nothing of a person can be read');
  await page.locator('#recovery [role=status]').getByText(/^2 catatan/).waitFor();
}

test('an app that does not start offers the export, and its repair loses nothing', async (t) => {
  const { endpoint, signal, page } = await phoneWithUnsentWork(t);
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
  assert.deepEqual(await readable(page), []);
  await exported(page);
  await signal.restore();
  await page.getByRole('button', { name: 'Muat ulang' }).tap();
  await page.locator('#shell').waitFor({ state: 'detached' });
  await unlock(page);
  await by(page, 'question:members.0.name').waitFor();
  assert.equal(await by(page, 'question:members.0.name').locator('input').inputValue(), PLANTED[0]);
  await outboxSays(page, { waiting: 0 });
  assert.equal((await metrics(endpoint))['naik_kelas_entries_total{outcome="accepted"}'], 1);
});

test('a trap in the wasm ends in the same way out, and what was saved is sent after a reload', async (t) => {
  const { endpoint, signal, page } = await phoneWithUnsentWork(t, (context) => context.addInitScript(() => {
    for (const way of ['instantiate', 'instantiateStreaming']) {
      const real = WebAssembly[way];
      WebAssembly[way] = async (...parts) => {
        const made = await real(...parts);
        window.wasmExports = (made.instance ?? made).exports;
        return made;
      };
    }
  }));
  // What no code of ours asks of it: memory that is not there.
  await page.evaluate(() => setTimeout(() => {
    for (const work of Object.values(window.wasmExports).filter((part) => typeof part === 'function' && part.length > 0)) {
      try {
        work(-16, -16, -16, -16);
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) throw error;
      }
    }
  }));
  await by(page, 'rescue').waitFor();
  await page.getByText('Aplikasi berhenti karena kesalahan').waitFor();
  const told = await page.evaluate(() => localStorage.getItem('nk-last-panic'));
  for (const secret of PLANTED) assert.ok(!told.includes(secret));
  await exported(page);
  // The app can be fetched anew, all of it: without signal nothing is thrown away, and records never are.
  await by(page, 'anew').tap();
  await page.getByText('Perlu sinyal. Tidak ada yang dihapus.').waitFor();
  assert.notDeepEqual(await page.evaluate(() => caches.keys()), []);
  await page.evaluate(async () => { await (await caches.open('nk-module')).put('/planted', new Response('spoilt')); });
  await signal.restore();
  await by(page, 'anew').tap();
  await unlock(page);
  assert.equal(await page.evaluate(async () => (await (await caches.open('nk-module')).match('/planted')) !== undefined), false);
  await by(page, 'question:members.0.name').waitFor();
  await outboxSays(page, { waiting: 0 });
  assert.equal((await metrics(endpoint))['naik_kelas_entries_total{outcome="accepted"}'], 1);
});
