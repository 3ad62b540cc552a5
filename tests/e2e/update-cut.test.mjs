// The line goes at each file of an update: the release that runs stays whole, and what has come is not fetched again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { by, installed, signIn, unlock } from './facilitator.mjs';
import { gate } from './gate.mjs';
import { DIST, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { comesAs, everyFile, lookForUpdate, putRelease, runs } from './release.mjs';

test('an update that is cut off at any file leaves the old release whole, and goes on where it was', async (t) => {
  const app = temporaryFolder('app');
  const before = putRelease(DIST, app);
  const endpoint = await startEndpoint(t, { app });
  const line = await gate(t, endpoint);
  const { page, faults } = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  await signIn(page, line.url, endpoint.facilitator);
  await installed(page);

  const after = putRelease(DIST, app, everyFile);
  const files = JSON.parse(readFileSync(join(app, 'release.json'))).files.map(({ path }) => `/${path}`);
  const kept = () => page.evaluate(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname), `nk-release-${after}`);
  let verified = [];
  const nothingTwice = () => assert.deepEqual(line.asked.filter((path) => verified.includes(path)), []);
  for (const path of ['/release.json', ...files]) {
    line.cutAt(path, ['/release.json', ...files]);
    assert.equal(await lookForUpdate(page), false, path);
    assert.ok(line.cut, `${path} was asked for`);
    nothingTwice();
    verified = await kept();
    await page.reload();
    await by(page, 'unlock').waitFor();
    assert.equal(await runs(page), before);
  }
  assert.ok(verified.length > files.length / 2, `${verified}`);
  line.restore();
  assert.equal(await lookForUpdate(page), true);
  nothingTwice();
  await unlock(page);
  await by(page, 'update').tap();
  await comesAs(page, after);
  line.down();
  await page.reload();
  await unlock(page);
  await by(page, 'today').waitFor();
  assert.equal(await runs(page), after);
  assert.deepEqual(faults, []);
});
