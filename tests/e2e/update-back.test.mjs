// A release that does not come up: the one before it is started again, and the way forward stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client } from './client.mjs';
import { answer, begin, by, installed, openSection, signIn, unlock } from './facilitator.mjs';
import { DIST, link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { anotherBuild, comesAs, keeps, lookForUpdate, putRelease, runs, startScript } from './release.mjs';

/** A build that never comes up, and how long it may take to, in milliseconds as JavaScript writes it. */
const broken = (patience) => (site) => {
  site.set(startScript(site), Buffer.from('throw new Error("broken");'));
  const worker = site.get('sw.js').toString();
  assert.ok(worker.includes('15e3'));
  site.set('sw.js', Buffer.from(worker.replace('15e3', patience)));
};

const shellStands = (page) => page.locator('#shell').waitFor();

test('a release that does not come up gives way to the one before it, until a newer one comes', async (t) => {
  const app = temporaryFolder('app');
  const good = putRelease(DIST, app);
  const endpoint = await startEndpoint(t, { app });
  const signal = await link(t, endpoint);
  const [family] = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((known) => !known.last);
  const { page, context } = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await openSection(page, await begin(page, family), 'housing');
  await answer(page, 'housing.floor', 'earth');
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  const draftIsThere = async () => {
    await unlock(page);
    await by(page, 'question:housing.floor').waitFor();
    assert.equal(await by(page, 'question:housing.floor').locator('select, input:checked').first().inputValue(), 'earth');
  };

  // By hand, on the screen that two failed starts lead to.
  const slow = putRelease(DIST, app, broken('1/0'));
  assert.equal(await lookForUpdate(page), true);
  await by(page, 'update').tap();
  await comesAs(page, slow);
  await page.reload();
  await shellStands(page);
  await page.reload();
  await by(page, 'before').waitFor();
  assert.equal(await runs(page), slow);
  assert.deepEqual(await readable(page), []);
  await by(page, 'before').tap();
  await comesAs(page, good);
  await by(page, 'newest').waitFor();
  assert.deepEqual(await readable(page), []);
  await draftIsThere();
  await by(page, 'newest').tap();
  await comesAs(page, slow);
  await shellStands(page);

  // By itself, where the newer one has had its time and its two starts.
  const never = putRelease(DIST, app, broken('0'));
  assert.equal(await lookForUpdate(page), true);
  await page.evaluate(() => window.nk.showRecovery('slow'));
  await by(page, 'reload').tap();
  await comesAs(page, never);
  await shellStands(page);
  await page.reload();
  await shellStands(page);
  assert.equal(await runs(page), never);
  await signal.cut();
  await page.reload();
  await comesAs(page, good);
  await by(page, 'newest').waitFor();
  await draftIsThere();
  await keeps(page, [good, slow, never]);

  // The mended one is taken like any other, and comes up.
  await signal.restore();
  const mended = putRelease(DIST, app, anotherBuild('mended'));
  assert.equal(await lookForUpdate(page), true);
  await by(page, 'update').tap();
  await comesAs(page, mended);
  await draftIsThere();
  await keeps(page, [good, mended]);
  assert.equal(await by(page, 'newest').count(), 0);

  // Where the new one has changed the database, the one before says so, and leads back.
  await page.evaluate(() => window.nk.ask('back'));
  await page.goto(`${signal.url}/manifest.webmanifest`);
  await page.evaluate(() => new Promise((done, fail) => {
    const opening = indexedDB.open('naik-kelas', 2);
    opening.onsuccess = () => { opening.result.close(); done(); };
    opening.onerror = fail;
  }));
  await page.goto(signal.url);
  await page.getByText(/dibuat versi yang lebih baru/).waitFor();
  assert.equal(await runs(page), good);
  await by(page, 'newest').waitFor();
  await by(page, 'again').tap();
  await comesAs(page, mended);
  assert.equal(context.pages().length, 1);
});
