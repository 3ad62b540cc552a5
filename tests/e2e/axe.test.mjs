// Every page and state can be read: axe in light and dark, text that is whole at twice the size, targets for a thumb.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client } from './client.mjs';
import { go, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { fourAndABusiness } from './households.mjs';
import { tourOfABeginning, tourOfAfterwards, tourOfAnEnd, tourOfNotes, tourOfTheDoor, tourOfThePin } from './tour.mjs';

test('every page of the main job can be read and reached, in both languages', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
  const [family, other] = families.filter((f) => !f.last && f.roster.length === 4);
  // Without a phone's own zoom, which would fit to the screen what is too wide for it.
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const { page } = phone;
  const faults = [];
  const look = (lang, schemes) => async (where) => {
    for (const fault of await readable(page, { lang, schemes })) faults.push(`${lang} ${where}: ${fault}`);
  };
  const indonesian = look('id', ['light', 'dark']);
  await page.goto(signal.url);
  await tourOfTheDoor(page, indonesian);
  await tourOfThePin(page, endpoint.facilitator, indonesian);
  await signIn(page, signal.url, endpoint.facilitator);
  const kpm = await tourOfABeginning(page, family, indonesian);
  await tourOfAnEnd(page, kpm, { ...fourAndABusiness(), village: family.village }, indonesian);
  await tourOfAfterwards(page, kpm, indonesian);
  await tourOfNotes(page, kpm, indonesian);

  // In English the words differ, not the colours.
  const english = look('en', ['light']);
  await go(page, '#saya');
  await page.locator('input[value=en]').locator('xpath=..').tap();
  await page.locator('html[lang=en]').waitFor();
  await tourOfABeginning(page, other, english);
  await tourOfAfterwards(page, kpm, english);
  assert.deepEqual(faults, []);
  assert.deepEqual(phone.faults, []);
});

test('a list without families can be read and reached', async (t) => {
  const endpoint = await startEndpoint(t);
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const { page } = phone;
  // A coordinator holds no family.
  await signIn(page, `http://127.0.0.1:${endpoint.port}`, endpoint.accounts.find((account) => account.role === 'coordinator'));
  for (const address of ['#', '#keluarga']) {
    await go(page, address);
    await page.getByRole('heading', { name: 'Belum ada keluarga di HP ini' }).waitFor();
    assert.deepEqual(await readable(page), []);
  }
  assert.deepEqual(phone.faults, []);
});
