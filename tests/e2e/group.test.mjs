// A group's meeting, written down once for all who came; a note that was begun and is thrown away.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { client } from './client.mjs';
import { answer, by, go, installed, outboxSays, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const SHOTS = process.env.NK_JOURNEY_SHOTS;
if (SHOTS) mkdirSync(SHOTS, { recursive: true });
const see = (page, name) => (SHOTS ? page.screenshot({ path: `${SHOTS}/${name}.png` }) : undefined);

test('a meeting is kept for each family that came, and a begun note can be thrown away', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const other = await client(endpoint, endpoint.facilitator);
  const families = [...(await other.families()).values()];
  const village = families[0].village_name;
  const group = families.filter((family) => family.village_name === village).slice(0, 50);
  const { page } = await openPhone(t, temporaryFolder('profile'));
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();

  await go(page, '#keluarga');
  await see(page, 'families');
  await by(page, 'group').tap();
  await by(page, 'note').waitFor();
  await answer(page, 'group.topic', 'health');
  assert.equal(await by(page, 'tick-all').count(), 0, 'nobody ticks the whole caseload by one tap');
  await by(page, 'finish').tap();
  await page.getByText('Tandai dulu keluarga yang hadir.').waitFor();
  await by(page, 'search').fill(village);
  await by(page, 'tick-all').tap();
  await by(page, 'came').getByText(`${group.length} keluarga hadir`).waitFor();
  assert.equal(await page.getByText('Tandai dulu keluarga yang hadir.').count(), 0, 'families are ticked by now');
  // One of them was not there.
  const absent = group.at(-1);
  await page.locator(`input[type=checkbox][value="${absent.id}"]`).locator('xpath=..').tap();
  await by(page, 'came').getByText(`${group.length - 1} keluarga hadir`).waitFor();
  await see(page, 'group');
  await by(page, 'finish').tap();
  await by(page, 'caseload').waitFor();
  await go(page, `#keluarga/${group[0].id}`);
  await by(page, 'history').getByText('Pertemuan kelompok (P2K2)').waitFor();
  await by(page, 'history').getByText('Topik: Kesehatan dan gizi').waitFor();

  // Begun, found again, thrown away.
  await by(page, 'form:visit').tap();
  await by(page, 'note').waitFor();
  assert.equal(await by(page, 'discard').isVisible(), false, 'nothing was begun yet');
  await answer(page, 'visit.done', ['talk']);
  await by(page, 'discard').waitFor();
  await go(page, `#keluarga/${group[0].id}`);
  await by(page, 'form:visit').getByText('Sudah dimulai').waitFor();
  await see(page, 'note-begun');
  await by(page, 'form:visit').tap();
  await by(page, 'discard').tap();
  await see(page, 'note-discard');
  await page.getByRole('dialog').getByRole('button', { name: 'Buang catatan ini' }).tap();
  await by(page, 'family').waitFor();
  await by(page, 'form:visit').waitFor();
  assert.equal(await by(page, 'form:visit').getByText('Sudah dimulai').count(), 0);

  await signal.restore();
  await outboxSays(page, { waiting: 0, refused: 0 });
  const received = await other.families();
  const came = group.filter((family) => received.get(family.id).notes.some((note) => note.form === 'group'));
  assert.deepEqual(came.map((family) => family.id), group.slice(0, -1).map((family) => family.id));
});
