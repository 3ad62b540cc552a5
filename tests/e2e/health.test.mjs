// *Keadaan data*: what state the records are in, also without signal, and as a text for whoever helps; nobody's name is in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client } from './client.mjs';
import { begin, by, finishAsItIs, go, installed, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const facts = (page) => page.locator('[data-testid=health]').evaluate((card) => Object.fromEntries(
  [...card.querySelectorAll('dt')].map((name) => [name.textContent, name.nextElementSibling.textContent]),
));

test('the state of the data is told without signal, and shared as a text without a word about a person', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
  const [family] = families.filter((one) => !one.last);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page, context } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();
  await finishAsItIs(page, await begin(page, family));
  await go(page, '#saya');
  await by(page, 'health').getByText(/^1 catatan menunggu dikirim/).waitFor();
  const told = await facts(page);
  assert.match(told['Kotak keluar'], /Belum pernah ada yang dikirim/);
  assert.match(told['Ruang kosong'], /\d.* [KMGT]?B/);
  assert.match(told['Jam HP'], /Cocok dengan server/);
  assert.equal(told['Versi aplikasi'], await page.evaluate(() => document.querySelector('meta[name=nk-release]').content));
  assert.match(told['Aturan program'], /^graduasi-2026 \d/);
  assert.ok(told['Perlindungan data']);
  assert.deepEqual(await readable(page), []);

  // A browser that cannot share copies it.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await by(page, 'share-health').tap();
  await by(page, 'health').getByText('Disalin').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual(text.split('\n'), ['Keadaan data', ...Object.entries(told).map(([name, value]) => `${name}: ${value}`)]);
  const person = await by(page, 'me').locator('h2').first().textContent();
  for (const secret of [person, family.name, family.kk, endpoint.facilitator.user]) assert.ok(secret && !text.includes(secret));

  // One that can shows its own dialogue; and a phone that promises to keep the records says so.
  await signal.restore();
  await context.addInitScript(() => {
    navigator.share = async (what) => { window.shared = what; };
    navigator.storage.persisted = async () => true;
  });
  await page.reload();
  await unlock(page);
  await page.locator('input[name=lang][value=en]').locator('xpath=..').tap();
  await by(page, 'health').getByText(/^Nothing is waiting[.] Last received by the server: /).waitFor();
  await by(page, 'health').getByText('The phone will not delete it by itself').waitFor();
  assert.deepEqual(await readable(page, { lang: 'en' }), []);
  await by(page, 'share-health').tap();
  await page.waitForFunction(() => window.shared);
  assert.match(await page.evaluate(() => window.shared.text), /^Condition of the data\nOutbox: Nothing is waiting[.]/);
  assert.deepEqual(phone.faults, []);
});
