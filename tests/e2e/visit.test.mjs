// The main job, end to end: a visit with no signal, decided on the phone, received by the endpoint.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { client, metrics } from './client.mjs';
import { answer, answerAll, by, findFamily, go, installed, openSection, outboxSays, signIn, syncState, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { fourAndABusiness } from './households.mjs';

const BIN = process.env.NK_BIN ?? 'target/release/naik-kelas';

/** What the command says of a household, by the same pack. */
function decide(household) {
  const run = spawnSync(BIN, ['decide', '--pack', 'packs/graduasi-2026', '--explain'], { input: `${JSON.stringify(household)}\n`, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr + run.stdout);
  return JSON.parse(run.stdout);
}

/** What would change each decision that is not possible, in the words of the command. */
const waysOf = ({ decisions }) => Object.fromEntries(Object.entries(decisions)
  .filter(([, decision]) => decision.outcome === 'not_eligible')
  .map(([id, decision]) => [id, decision.to_change.map(({ changes }) => {
    const texts = changes.map((change) => change.text);
    return [texts.slice(0, -1).join(', '), texts.at(-1)].filter(Boolean).join(' dan ');
  })]));

/** The calendar day in the practice district. */
const todayThere = () => new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Jakarta' }).format(new Date());

/** A family of so many people that has not been assessed, as the endpoint has it. */
const unassessed = (families, persons) => [...families.values()].find((f) => !f.last && f.roster.filter((m) => m.left === null).length === persons);

test('a visit without signal: assessed, decided on the phone, received once, with the decision that the command gives', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const other = await client(endpoint, endpoint.facilitator);
  const family = unassessed(await other.families(), 4);
  assert.ok(family, 'the practice district has an unassessed family of four');
  const profile = temporaryFolder('profile');

  // Signed in with signal, once.
  let phone = await openPhone(t, profile);
  await signIn(phone.page, signal.url, endpoint.facilitator);
  await by(phone.page, 'practice-banner').waitFor();
  await installed(phone.page);
  await phone.close();

  // Without signal, in a new process: the family is found and its assessment begins.
  await signal.cut();
  phone = await openPhone(t, profile);
  await phone.page.goto(signal.url);
  await unlock(phone.page);
  await by(phone.page, 'today').waitFor();
  const kpm = await findFamily(phone.page, family.kk);
  assert.equal(kpm, family.id);
  await by(phone.page, 'start-assessment').tap();
  await phone.page.waitForURL(/asesmen/);
  const household = { ...fourAndABusiness(), village: family.village, assessed_on: todayThere() };
  household.business.nib = false; // a paper that this family can get
  await openSection(phone.page, kpm, 'housing');
  await answer(phone.page, 'housing.floor', household.housing.floor);
  await answer(phone.page, 'housing.wall', household.housing.wall);
  await phone.page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 2);
  await phone.close(); // the battery dies in the middle

  // A new process resumes at the same place, with what was said.
  phone = await openPhone(t, profile);
  const { page } = phone;
  await page.goto(signal.url);
  await unlock(page);
  await by(page, 'today').waitFor();
  await go(page, `#keluarga/${kpm}`);
  await by(page, 'start-assessment').tap();
  const wall = by(page, 'question:housing.wall');
  await wall.waitFor();
  await assert.doesNotReject(page.waitForFunction(() => {
    const question = document.querySelector('[data-testid="question:housing.wall"]');
    const box = question?.getBoundingClientRect();
    return box && box.top >= 0 && box.top < innerHeight;
  }), 'the question that was answered last is in sight');
  assert.equal(await by(page, 'question:housing.floor').locator('select, input:checked').first().inputValue(), 'cement');

  await answerAll(page, kpm, household);
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  await by(page, 'result').waitFor();
  // Practice is said on every screen, however far it is scrolled.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForFunction(() => scrollY > 200 && [...document.querySelectorAll('[data-testid=practice-banner], h1')].every((shown) => {
    const box = shown.getBoundingClientRect();
    return document.elementFromPoint(box.left + 4, box.top + box.height / 2)?.closest('[data-testid=practice-banner], h1') === shown;
  }));
  const told = decide(household);
  const phoneSays = await page.locator('[data-testid^="result:"]').evaluateAll((cards) => Object.fromEntries(
    cards.map((card) => [card.dataset.testid.slice('result:'.length), card.dataset.verdict])));
  assert.equal(Object.keys(phoneSays).length, 14);
  const ways = waysOf(told);
  assert.ok(Object.values(ways).flat().length > 0, 'something is in the hands of this family');
  for (const [id, said] of Object.entries(ways)) {
    const card = by(page, `result:${id}`);
    assert.equal(await by(card, 'line').count(), 0, 'nothing is worked out before somebody asks');
    await card.locator('summary').tap();
    await card.locator('details h3').waitFor();
    assert.deepEqual(await by(card, 'line').allTextContents(), said, id);
  }
  await by(page, 'finish').tap();
  await page.waitForURL(/selesai/);

  // It waits, visibly, until the receipt.
  assert.deepEqual({ ...(await syncState(page)), last: '' }, { waiting: '1', refused: '0', last: '' });
  const before = await metrics(endpoint);
  await signal.restore();
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0 });
  assert.notEqual((await syncState(page)).last, '');

  // The endpoint has it once, with the same decision.
  const received = (await other.families()).get(kpm);
  const frozen = received.last.decision;
  const outcomes = Object.fromEntries(Object.entries(told.decisions).map(([id, { outcome, amount }]) => [id, { outcome, amount }]));
  assert.deepEqual(frozen.decisions, outcomes);
  assert.deepEqual(frozen.readiness.outcome, told.readiness.outcome);
  assert.equal(received.state, 'assessed');
  const after = await metrics(endpoint);
  const accepted = 'naik_kelas_entries_total{outcome="accepted"}';
  assert.equal(after[accepted] - (before[accepted] ?? 0), 1);

  // The family's page says the same of what is not possible yet.
  await go(page, `#keluarga/${kpm}`);
  await by(page, 'readiness').waitFor();
  for (const [id, said] of Object.entries(ways)) {
    const row = by(page, `result:${id}`);
    await row.locator('summary').tap();
    await row.locator('.why-not').waitFor();
    assert.deepEqual(await by(row, 'line').allTextContents(), said, id);
  }
  await by(page, 'readiness').locator('summary').tap();
  await syncState(page);

  // Asking again with nothing to say sends nothing twice.
  await by(page, 'sync-now').tap();
  await page.waitForFunction(() => !document.querySelector('[data-testid=sync-state]').textContent.includes('…'));
  await outboxSays(page, { waiting: 0 });
  assert.equal((await metrics(endpoint))[accepted], after[accepted]);
  assert.deepEqual(phone.faults, []);
});
