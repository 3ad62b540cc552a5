// A new version of the app arrives in the middle of an assessment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client } from './client.mjs';
import { answer, begin, by, installed, openSection, signIn, unlock } from './facilitator.mjs';
import { DIST, link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { putRelease } from './release.mjs';

const runs = (page) => page.evaluate(() => document.querySelector('meta[name=nk-release]').content);

test('a new version is offered, taken when the person says so, and the draft goes on where it was', async (t) => {
  const app = temporaryFolder('app');
  const before = putRelease(DIST, app);
  const endpoint = await startEndpoint(t, { app });
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const { page } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  const kpm = await begin(page, families.find((family) => !family.last));
  await openSection(page, kpm, 'housing');
  await by(page, 'question:housing.floor').waitFor();
  await answer(page, 'housing.floor', 'earth');
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);

  const after = putRelease(DIST, app, (site) => {
    const start = [...site.keys()].find((path) => path.startsWith('start-'));
    site.set(start, Buffer.concat([site.get(start), Buffer.from('\n// Another build.\n')]));
  });
  assert.notEqual(after, before);
  // The next time the app is opened the browser asks for news; the version that runs goes on until the person takes the new one.
  await page.reload();
  await unlock(page);
  await page.getByText('Versi baru sudah siap').waitFor();
  assert.equal(await runs(page), before);
  assert.deepEqual(await readable(page), []);
  await answer(page, 'housing.wall', 'wood');
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  await by(page, 'update').tap();
  await page.waitForFunction((release) => document.querySelector('meta[name=nk-release]')?.content === release, after);
  await unlock(page);
  await by(page, 'question:housing.floor').waitFor();
  for (const [path, value] of [['housing.floor', 'earth'], ['housing.wall', 'wood']]) {
    assert.equal(await by(page, `question:${path}`).locator('select, input:checked').first().inputValue(), value);
  }
  await page.getByText('Versi baru sudah siap').waitFor({ state: 'detached' });

  // It is whole on the phone, and the old one has made room.
  await signal.cut();
  await page.reload();
  await unlock(page);
  await by(page, 'question:housing.floor').waitFor();
  assert.equal(await runs(page), after);
  assert.equal(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('nk-release-')).length), 1);
  assert.deepEqual(phone.faults, []);
});
