// What goes wrong in the field: a refused record among good ones, two tabs, an old bookmark, a wrong password, unknown answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client, metrics } from './client.mjs';
import { answer, answerAll, by, choosePin, findFamily, go, installed, openSection, outboxSays, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { fourAndABusiness } from './households.mjs';

/** From now on the phone's clock runs so far ahead. */
const ahead = (context, days) => context.addInitScript((milliseconds) => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts) { super(...(parts.length ? parts : [Real.now() + milliseconds])); }
    static now() { return Real.now() + milliseconds; }
  };
}, days * 86_400_000);

const ofPersons = (families, persons) => [...families.values()].filter((f) => f.roster.filter((m) => m.left === null).length === persons);

async function assess(page, family, household) {
  const kpm = await findFamily(page, family.kk);
  await by(page, 'start-assessment').tap();
  await page.waitForURL(/asesmen/);
  await answerAll(page, kpm, household);
  await finish(page, kpm);
  return kpm;
}

async function finish(page, kpm) {
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  await by(page, 'result').waitFor();
  await by(page, 'finish').tap();
  await page.waitForURL(/selesai/);
}

test('a record that the endpoint refuses blocks no other, says why, and can be mended and sent again', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [first, second] = ofPersons(await (await client(endpoint, endpoint.facilitator)).families(), 4);
  const profile = temporaryFolder('profile');
  let phone = await openPhone(t, profile);
  await signIn(phone.page, signal.url, endpoint.facilitator);
  await installed(phone.page);
  await phone.close();
  await signal.cut();

  // The clock has been set a month ahead, where no signal can correct it: this assessment lies in the future.
  phone = await openPhone(t, profile);
  await ahead(phone.context, 30);
  await phone.page.goto(signal.url);
  await unlock(phone.page);
  await by(phone.page, 'today').waitFor();
  const wrong = await assess(phone.page, first, { ...fourAndABusiness(), village: first.village });
  await phone.close();

  phone = await openPhone(t, profile);
  const { page } = phone;
  await signal.restore();
  await page.goto(signal.url);
  await unlock(page);
  await by(page, 'today').waitFor();
  await signal.cut();
  await assess(page, second, { ...fourAndABusiness(), village: second.village });
  await signal.restore();
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0, refused: 1 });
  const counted = await metrics(endpoint);
  assert.equal(counted['naik_kelas_entries_total{outcome="accepted"}'], 1);
  // Where the link was cut before the answer had come, it was asked for again.
  assert.ok(counted['naik_kelas_entries_refused_total{code="future-date"}'] >= 1);

  // In plain words, without a code; mended by the way that the row offers.
  const row = by(page, 'outbox').locator('li').first();
  const told = await row.textContent();
  assert.doesNotMatch(told, /future-date|error|\b4\d\d\b/i);
  assert.deepEqual(await readable(page), []);
  await row.getByRole('button').tap();
  await page.waitForURL(/asesmen/);
  await finish(page, wrong);
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0, refused: 0 });
  assert.equal((await metrics(endpoint))['naik_kelas_entries_total{outcome="accepted"}'], 2);
  assert.deepEqual(phone.faults, []);
});

test('what the family does not know leaves a decision open, and the deciding questions are named and lead there', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [family] = ofPersons(await (await client(endpoint, endpoint.facilitator)).families(), 4);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  const kpm = await findFamily(page, family.kk);
  await by(page, 'start-assessment').tap();
  await page.waitForURL(/asesmen/);
  const unsure = fourAndABusiness();
  unsure.village = family.village;
  unsure.business.group_size = null;
  unsure.credit.bad = null;
  await answerAll(page, kpm, unsure);
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  const umi = by(page, 'result:umi');
  await umi.waitFor();
  assert.equal(await umi.getAttribute('data-verdict'), 'undetermined');
  assert.match(await umi.textContent(), /belum/i);
  // The deciding question is a link that stands at it.
  await umi.locator('a').first().tap();
  await by(page, 'question:credit.bad').waitFor();
  await answer(page, 'credit.bad', true);
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  await page.locator('[data-testid="result:umi"][data-verdict="not_eligible"]').waitFor();
  assert.deepEqual(phone.faults, []);
});

test('a second tab on the same draft says so, and overwrites nothing', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [family] = ofPersons(await (await client(endpoint, endpoint.facilitator)).families(), 3);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const one = phone.page;
  await signIn(one, signal.url, endpoint.facilitator);
  const kpm = await findFamily(one, family.kk);
  await by(one, 'start-assessment').tap();
  await one.waitForURL(/asesmen/);
  const two = await phone.context.newPage();
  await two.goto(`${signal.url}/#keluarga/${kpm}/asesmen/housing`);
  await unlock(two);
  await by(two, 'question:housing.floor').waitFor();
  await openSection(one, kpm, 'housing');
  await by(one, 'question:housing.floor').waitFor();
  await answer(one, 'housing.floor', 'earth');
  await one.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  await answer(two, 'housing.wall', 'wood');
  await by(two, 'save-trouble').waitFor();
  // Taking the newer draft over keeps what the first tab has saved.
  await by(two, 'save-trouble').getByRole('button').tap();
  await by(two, 'save-trouble').waitFor({ state: 'detached' });
  assert.equal(await by(two, 'question:housing.floor').locator('select, input:checked').first().inputValue(), 'earth');
});

test('an old bookmark, a wrong password and a token that is no longer taken each say what to do', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page } = phone;
  await page.goto(signal.url);
  await page.locator('#user').fill(endpoint.facilitator.user);
  await page.locator('#password').fill('bukan-ini');
  await page.locator('form button[type=submit]').tap();
  await page.locator('#told').getByText(/sandi/i).waitFor();
  assert.equal(await page.locator('#user').inputValue(), endpoint.facilitator.user, 'what was typed stays');
  await page.locator('#password').fill(endpoint.facilitator.password);
  await page.locator('form button[type=submit]').tap();
  await by(page, 'choose-pin').waitFor();
  await choosePin(page);
  await by(page, 'today').waitFor();
  await page.goto(`${signal.url}/#laporan/2019`);
  await page.getByRole('link', { name: /hari ini/i }).first().waitFor();
  await page.goto(`${signal.url}/keluarga/lama`);
  await unlock(page);
  await by(page, 'today').or(page.getByRole('link', { name: /hari ini/i }).first()).first().waitFor();
  assert.deepEqual(phone.faults, []);
});
