// What cannot be is said beside its field, and stays typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client } from './client.mjs';
import { begin, by, go, openSection, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

test('a wrong NIK, a birth date in the future and an absurd amount are said beside the field, and stay typed', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page } = phone;
  const type = async (path, text) => {
    const field = by(page, `question:${path}`).locator('input').first();
    await field.fill(text);
    await field.blur();
    return field;
  };
  const says = async (path, words) => {
    const message = by(page, `question:${path}`).locator('.msg').filter({ hasText: words });
    await message.waitFor();
    // A screen reader finds it from the field.
    const described = await by(page, `question:${path}`).locator('input').first().getAttribute('aria-describedby');
    const holder = await message.evaluate((shown) => shown.parentElement.id);
    assert.ok(described.split(' ').includes(holder), `${path} is described by its message`);
    return message;
  };
  await signIn(page, signal.url, endpoint.facilitator);
  const kpm = await begin(page, families.find((family) => !family.last));
  await openSection(page, kpm, 'members');
  await by(page, 'member-row').first().tap();
  await by(page, 'member').waitFor();

  const nik = await type('members.0.nik', '320914110285000');
  await says('members.0.nik', '15');
  assert.equal(await nik.inputValue(), '3209 1411 0285 000');
  assert.equal(await nik.getAttribute('aria-invalid'), 'true');
  const born = await type('members.0.birth_date', '01-01-2090');
  await says('members.0.birth_date', /masa depan/i);
  assert.equal(await born.inputValue(), '01-01-2090');
  await page.goBack();
  await openSection(page, kpm, 'money');
  await by(page, 'question:savings').waitFor();
  const savings = await type('savings', '99999999999999999');
  await says('savings', /Rp/);
  assert.equal((await savings.inputValue()).replaceAll('.', ''), '99999999999999999');
  assert.equal(await savings.getAttribute('aria-invalid'), 'true');

  // They stand before finishing, each as a way to its field, where it is still typed.
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  const before = page.locator('#before');
  await before.getByRole('link', { name: /tabungan|simpanan/i }).tap();
  await by(page, 'question:savings').waitFor();
  assert.equal((await savings.inputValue()).replaceAll('.', ''), '99999999999999999');
  await type('savings', '500.000');
  await by(page, 'question:savings').locator('.msg').waitFor({ state: 'detached' });
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  await before.getByRole('link', { name: /NIK/ }).tap();
  await by(page, 'question:members.0.nik').waitFor();
  assert.equal(await nik.inputValue(), '3209 1411 0285 000');
  assert.equal(await born.inputValue(), '01-01-2090');
  await type('members.0.birth_date', '11-02-1985');
  await by(page, 'question:members.0.birth_date').locator('.msg').waitFor({ state: 'detached' });
  // Whole, but of somebody born on another day: a warning, and never a stop.
  await type('members.0.nik', '3209141202850001');
  await says('members.0.nik', /boleh juga dilanjutkan/i);
  assert.equal(await nik.getAttribute('aria-invalid'), null);
  assert.deepEqual(phone.faults, []);
});
