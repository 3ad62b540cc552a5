// A new version of the app arrives in the middle of an assessment.
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client } from './client.mjs';
import { answer, begin, by, finishAsItIs, go, installed, openSection, outboxSays, signIn, unlock } from './facilitator.mjs';
import { DIST, link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { anotherBuild, comesAs, everyFile, keeps, lookForUpdate, putRelease, runs } from './release.mjs';

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

  const after = putRelease(DIST, app, anotherBuild('one'));
  assert.notEqual(after, before);
  // The next time the app is opened the browser asks for news; the version that runs goes on until the person takes the new one.
  await page.reload();
  await unlock(page);
  await page.getByText('Versi baru siap').waitFor();
  assert.equal(await runs(page), before);
  assert.deepEqual(await readable(page), []);
  await answer(page, 'housing.wall', 'wood');
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  await by(page, 'update').tap();
  await comesAs(page, after);
  await unlock(page);
  await by(page, 'question:housing.floor').waitFor();
  for (const [path, value] of [['housing.floor', 'earth'], ['housing.wall', 'wood']]) {
    assert.equal(await by(page, `question:${path}`).locator('select, input:checked').first().inputValue(), value);
  }
  await page.getByText('Versi baru siap').waitFor({ state: 'detached' });

  // It is whole on the phone.
  await signal.cut();
  await page.reload();
  await unlock(page);
  await by(page, 'question:housing.floor').waitFor();
  assert.equal(await runs(page), after);
  assert.deepEqual(phone.faults, []);
});

test('a new version disturbs no other tab and no unsent work, comes with the lock or a cold start, and the old tab outlives its files', async (t) => {
  const app = temporaryFolder('app');
  const first = putRelease(DIST, app);
  const listed = (key) => JSON.parse(readFileSync(join(app, 'release.json')))[key];
  const oldFiles = listed('files').map(({ path }) => `/${path}`).filter((path) => /-[0-9a-f]+\./.test(path));
  const endpoint = await startEndpoint(t, { app });
  const signal = await link(t, endpoint);
  const [family, other] = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((known) => !known.last);
  const profile = temporaryFolder('profile');
  const phone = await openPhone(t, profile, { isMobile: false });
  const { page } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  const kpm = await begin(page, family);
  await openSection(page, kpm, 'housing');
  await answer(page, 'housing.floor', 'earth');
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  const second = await phone.context.newPage();
  await second.goto(signal.url);
  await unlock(second);

  // The server has the new release's files only.
  rmSync(app, { recursive: true });
  const next = putRelease(DIST, app, everyFile);
  assert.equal(await lookForUpdate(page), true);
  await lock(second);
  assert.equal(await runs(second), first, 'another tab is open');
  await by(second, 'update').tap();
  await comesAs(second, next);
  await unlock(second);

  // The tab of the old build goes on, with its own files, and offers the new one.
  assert.equal(await runs(page), first);
  assert.deepEqual(await page.evaluate((paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)), oldFiles), oldFiles.map(() => 200));
  await by(page, 'update').waitFor();
  await answer(page, 'housing.wall', 'wood');
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 2);
  await second.close();
  await by(page, 'update').tap();
  await comesAs(page, next);
  await unlock(page);
  await by(page, 'question:housing.wall').waitFor();
  assert.equal(await by(page, 'question:housing.wall').locator('select, input:checked').first().inputValue(), 'wood');

  // With the lock, where nothing waits to be sent.
  const third = putRelease(DIST, app, anotherBuild('three'));
  assert.equal(await lookForUpdate(page), true);
  await signal.cut();
  await finishAsItIs(page, await begin(page, other));
  await lock(page);
  assert.equal(await runs(page), next, 'something waits');
  await signal.restore();
  await outboxSays(page, { waiting: 0 });
  await lock(page);
  assert.equal(await runs(page), third);

  // At a cold start, without signal: the process was gone, as phones do.
  const fourth = putRelease(DIST, app, anotherBuild('four'));
  assert.equal(await lookForUpdate(page), true);
  assert.deepEqual(phone.faults, []);
  await phone.close();
  await signal.cut();
  const cold = await openPhone(t, profile, { isMobile: false });
  await cold.page.goto(signal.url);
  await unlock(cold.page);
  assert.equal(await runs(cold.page), fourth);
  await keeps(cold.page, [third, fourth]);
  assert.deepEqual(cold.faults, []);
});

/** Locks the app, and opens it again. */
async function lock(page) {
  await go(page, '#saya');
  await by(page, 'lock').tap();
  await unlock(page);
}
