// The phone is full in the middle of an assessment: the answer stays on the screen, and is saved when there is room.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client } from './client.mjs';
import { answer, begin, by, openSection, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

test('a full phone says what to do, keeps the answer on the screen, and saves it when there is room', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
  const profile = temporaryFolder('profile');
  let phone = await openPhone(t, profile);
  await signIn(phone.page, signal.url, endpoint.facilitator);
  const kpm = await begin(phone.page, families.find((family) => !family.last));
  await openSection(phone.page, kpm, 'housing');
  await answer(phone.page, 'housing.floor', 'earth');
  await phone.page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  await phone.close();

  // Meanwhile the phone has been filled. (A browser that has just asked for its room trusts the answer for a while.)
  phone = await openPhone(t, profile, { isMobile: false });
  const { page } = phone;
  const disk = await phone.context.newCDPSession(page);
  const room = (quotaSize) => disk.send('Storage.overrideQuotaForOrigin', { origin: signal.url, ...(quotaSize ? { quotaSize } : {}) });
  await room(1);
  await page.goto(`${signal.url}/#keluarga/${kpm}/asesmen/housing`);
  // A full phone locks nobody out.
  await unlock(page);
  await by(page, 'question:housing.wall').waitFor();
  await answer(page, 'housing.wall', 'wood');
  const trouble = by(page, 'save-trouble');
  await trouble.waitFor();
  assert.match(await trouble.textContent(), /penuh.*Hapus foto/i);
  const wall = by(page, 'question:housing.wall').locator('select, input:checked').first();
  assert.equal(await wall.inputValue(), 'wood');
  assert.deepEqual(await readable(page), []);
  // Nothing was committed until now.
  assert.equal(await page.evaluate(() => performance.getEntriesByName('nk:save').length), 0);

  await room();
  await by(page, 'save-again').tap();
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length === 1);
  await trouble.waitFor({ state: 'detached' });
  await page.reload();
  await unlock(page);
  await by(page, 'question:housing.wall').waitFor();
  assert.equal(await wall.inputValue(), 'wood');
  assert.equal(await by(page, 'question:housing.floor').locator('select, input:checked').first().inputValue(), 'earth');
  assert.deepEqual(phone.faults, []);
});
