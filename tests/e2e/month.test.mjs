// The monthly report says what the month's records say, and leaves the phone as a sheet only with a tap.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { by, installed, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

test('the report of a month is read without signal, month by month, and saved as a sheet', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();
  await by(page, 'month').tap();
  await by(page, 'month-before').waitFor();
  // The district's families were assessed and visited at some time: as many months back as it takes.
  const sheet = by(page, 'month-sheet');
  for (let back = 0; back < 12 && !(await sheet.isVisible()); back += 1) {
    const title = await page.locator('h2').first().textContent();
    await by(page, 'month-before').tap();
    await page.waitForFunction((old) => document.querySelector('h2') && document.querySelector('h2').textContent !== old, title);
  }
  const shown = await by(page, 'month').locator('li.row').count();
  assert.ok(shown > 0);
  const counted = await by(page, 'month').locator('section > p.small').allTextContents();
  assert.equal(counted.reduce((sum, words) => sum + Number.parseInt(words, 10), 0), shown, 'the sums are of what is listed');
  const [download] = await Promise.all([page.waitForEvent('download'), sheet.tap()]);
  assert.match(download.suggestedFilename(), /^laporan-\d{4}-\d{1,2}\.xlsx$/, 'no name of a person');
  const file = readFileSync(await download.path()).toString('utf8');
  assert.ok(file.startsWith('PK'));
  const name = await by(page, 'month').locator('li.row strong').first().textContent();
  assert.ok(file.includes(`<t>${name}</t>`));
  assert.deepEqual(phone.faults, []);
});
