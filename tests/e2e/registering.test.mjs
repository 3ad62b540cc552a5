// A family that no list knows: registered without signal, compared with the whole caseload, assessed at once, received.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { client } from './client.mjs';
import { answer, by, go, installed, outboxSays, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const SHOTS = process.env.NK_JOURNEY_SHOTS;
if (SHOTS) mkdirSync(SHOTS, { recursive: true });
const see = (page, name) => (SHOTS ? page.screenshot({ path: `${SHOTS}/${name}.png` }) : undefined);

test('a family is registered without signal, unless it is one that is here', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const other = await client(endpoint, endpoint.facilitator);
  const known = [...(await other.families()).values()].find((family) => {
    const [head] = family.members ?? family.roster;
    return family.known[`members.${head.id}.birth_date`] && /h/i.test(family.known[`members.${head.id}.name`].value);
  });
  const of = (fact) => known.known[`members.${(known.members ?? known.roster)[0].id}.${fact}`].value;
  const { page } = await openPhone(t, temporaryFolder('profile'));
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();

  // As somebody else would spell it: without its h, in capitals.
  await go(page, '#keluarga');
  await by(page, 'register').tap();
  await by(page, 'note').waitFor();
  await answer(page, 'members.0.name', of('name').toUpperCase().replaceAll('H', ''));
  await answer(page, 'members.0.sex', of('sex'));
  // What was begun is found again from the list.
  await page.waitForTimeout(0);
  await go(page, '#keluarga');
  await by(page, 'register').tap();
  await by(page, 'note').waitFor();
  assert.equal(await by(page, 'question:members.0.name').locator('input').inputValue(), of('name').toUpperCase().replaceAll('H', ''));
  await answer(page, 'members.0.birth_date', of('birth_date'));
  await answer(page, 'village', known.known.village.value);
  await see(page, 'register');
  await by(page, 'finish').tap();
  const dialog = page.getByRole('dialog');
  const row = dialog.getByTestId('alike').filter({ hasText: known.name }).first();
  await row.getByText('Nama mirip, tanggal lahir sama').waitFor();
  await see(page, 'register-alike');
  await row.tap();
  await by(page, 'family').getByText(known.address).waitFor();
  assert.equal(await page.evaluate(() => location.hash), `#keluarga/${known.id}`);

  // A person decides: it is another one.
  await go(page, '#keluarga');
  await by(page, 'register').tap();
  await by(page, 'note').waitFor();
  await by(page, 'finish').tap();
  await dialog.getByRole('button', { name: 'Ini keluarga lain, daftarkan' }).tap();
  await by(page, 'family').waitFor();
  const kpm = await page.evaluate(() => location.hash.split('/')[1]);
  assert.notEqual(kpm, known.id);
  await see(page, 'register-done');
  await by(page, 'start-assessment').tap();
  await by(page, 'assessment').waitFor();
  await go(page, '#kotak-keluar');
  await signal.restore();
  await outboxSays(page, { waiting: 0, refused: 0 });
  const received = (await other.families()).get(kpm);
  assert.equal(received.name, of('name').toUpperCase().replaceAll('H', ''));
  assert.equal(received.village_name, known.village_name);
});
