// The wasm travels dense and is made a module again once for each release.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installed, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const kept = (page) => page.evaluate(async () => {
  const cache = await caches.open('nk-module');
  const [request, ...others] = await cache.keys();
  const bytes = request && (await (await cache.match(request)).arrayBuffer());
  const isModule = Boolean(bytes) && WebAssembly.validate(bytes);
  const pack = isModule && WebAssembly.Module.customSections(await WebAssembly.compile(bytes), 'pack')[0]?.byteLength;
  return { url: request?.url, others: others.length, isModule, pack };
});

test('the module is kept for the next start; a kept one that is spoilt or gone is made again, also without signal', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page } = phone;
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  assert.deepEqual(asked.filter((url) => url.includes('/packs/')), [], 'the rules came with the app');
  const first = await kept(page);
  assert.deepEqual({ others: first.others, isModule: first.isModule }, { others: 0, isModule: true });
  assert.ok(first.pack > 10_000, `${first.pack} bytes of rules behind it`);

  // Where a module is unpacked, a worker does it.
  let unpacked = 0;
  page.on('worker', () => { unpacked += 1; });
  await signal.cut();
  await page.reload();
  await unlock(page);
  assert.equal(unpacked, 0, 'the kept one is taken');

  await page.evaluate(async (url) => (await caches.open('nk-module')).put(url, new Response('no module', { headers: { 'content-type': 'application/wasm' } })), first.url);
  await page.reload();
  await unlock(page);
  assert.deepEqual(await kept(page), first, 'made again');
  assert.equal(unpacked, 1);

  await page.evaluate(() => caches.delete('nk-module'));
  await page.reload();
  await unlock(page);
  assert.deepEqual(await kept(page), first, 'made again');
  assert.equal(unpacked, 2);
  assert.deepEqual(phone.faults, []);
});
