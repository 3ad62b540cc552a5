// Who is signed in: a sign-in that has expired stops sending and nothing else; two people share a phone and no work.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client, metrics } from './client.mjs';
import { begin, by, findFamily, finishAsItIs, go, outboxSays, signIn, signOut } from './facilitator.mjs';
import { command, link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const ACCEPTED = 'naik_kelas_entries_total{outcome="accepted"}';
const accepted = async (endpoint) => (await metrics(endpoint))[ACCEPTED] ?? 0;
const unassessed = async (endpoint) => [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((family) => !family.last);

test('a sign-in that has expired is said, work goes on, and signing in again sends what waited', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [family, next] = await unassessed(endpoint);
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const { page } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  // Whoever looks after the server gives a new password: every sign-in of this person ends.
  const password = /password: (\S+)/.exec(command('user', 'reset', '--data', endpoint.data, '--name', endpoint.facilitator.user))[1];

  const kpm = await begin(page, family);
  await finishAsItIs(page, kpm);
  await go(page, '#kotak-keluar');
  const again = by(page, 'sync-state').getByRole('link', { name: 'Masuk lagi' });
  await again.waitFor();
  await outboxSays(page, { waiting: 1 });
  assert.deepEqual(await readable(page), []);
  // Everything else works.
  await begin(page, next);
  await by(page, 'question:members.0.name').or(by(page, 'members')).or(by(page, 'assessment')).first().waitFor();

  await go(page, '#kotak-keluar');
  await again.tap();
  await by(page, 'me').locator('#user').fill(endpoint.facilitator.user);
  await page.locator('#password').fill('bukan-ini');
  await page.locator('form:has(#user) button[type=submit]').tap();
  await page.locator('#told').getByText(/sandi/i).waitFor();
  assert.deepEqual(await readable(page), []);
  await page.locator('#password').fill(password);
  await page.locator('form:has(#user) button[type=submit]').tap();
  await page.locator('#user').waitFor({ state: 'detached' });
  await outboxSays(page, { waiting: 0 });
  assert.equal(await accepted(endpoint), 1);
  assert.deepEqual(phone.faults, []);
});

test('a second person on the same phone sees only their own families; what the first has not sent waits for the first', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [family] = await unassessed(endpoint);
  const [first, second] = endpoint.accounts.filter((account) => account.role === 'facilitator');
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page } = phone;
  const waiting = () => page.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open('naik-kelas');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const rows = opening.result.transaction('outbox').objectStore('outbox').getAll();
      rows.onsuccess = () => { opening.result.close(); resolve(rows.result.map(({ k, b }) => `${k}: ${b}`)); };
    };
  }));
  await signIn(page, signal.url, first);
  await signal.cut();
  await finishAsItIs(page, await begin(page, family));
  await outboxSays(page, { waiting: 1 });
  const kept = await waiting();
  assert.equal(kept.length, 1);
  await signOut(page);
  await signal.restore();

  await signIn(page, signal.url, second);
  await outboxSays(page, { waiting: 0 });
  await go(page, '#keluarga');
  await by(page, 'family-row').first().waitFor();
  await by(page, 'search').fill(family.kk);
  await by(page, 'caseload').getByText(/tidak ada yang cocok/i).waitFor();
  await go(page, `#keluarga/${family.id}`);
  await page.getByText('Keluarga ini tidak ada di HP ini').waitFor();
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0 });
  assert.equal(await accepted(endpoint), 0);
  assert.deepEqual(await waiting(), kept);
  await signOut(page);

  await signIn(page, signal.url, first);
  await outboxSays(page, { waiting: 0 });
  assert.equal(await accepted(endpoint), 1);
  assert.deepEqual(await waiting(), []);
  await findFamily(page, family.kk);
  assert.deepEqual(phone.faults, []);
});
