// What goes wrong in the field: a refused record among good ones, two tabs, an old bookmark, a wrong password, unknown answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client, metrics } from './client.mjs';
import { answer, answerAll, begin, by, choosePin, findFamily, go, installed, openSection, outboxSays, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { fourAndABusiness } from './households.mjs';
import { mortalPhone } from './kills.mjs';

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

test('of two tabs on one draft one writes, the other says so, and taking it over loses nothing', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [family] = ofPersons(await (await client(endpoint, endpoint.facilitator)).families(), 3);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const one = phone.page;
  await signIn(one, signal.url, endpoint.facilitator);
  const kpm = await begin(one, family);
  await openSection(one, kpm, 'housing');
  await answer(one, 'housing.floor', 'earth');
  await one.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  const two = await phone.context.newPage();
  await two.goto(`${signal.url}/#keluarga/${kpm}/asesmen/housing`);
  await unlock(two);
  // It says so at once: nothing can be typed that would not be kept.
  await two.getByText('terbuka di tab lain').waitFor();
  assert.equal(await by(two, 'question:housing.floor').count(), 0);
  assert.deepEqual(await readable(two), []);
  assert.equal(await by(one, 'save-trouble').count(), 0);

  // The second takes it over: what the first has saved is there, and the first says at once that it no longer writes.
  await by(two, 'take-over').tap();
  await by(two, 'question:housing.floor').waitFor();
  const chosen = (page, path) => by(page, `question:${path}`).locator('select, input:checked').first().inputValue();
  assert.equal(await chosen(two, 'housing.floor'), 'earth');
  await by(one, 'save-trouble').waitFor();
  await answer(one, 'housing.wall', 'wood');
  await answer(two, 'housing.roof', 'zinc');
  await two.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 1);
  assert.equal(await one.evaluate(() => performance.getEntriesByName('nk:save').length), 1, 'the first saves no more');

  // And back. A tab that is closed lets go of it by itself.
  await by(one, 'save-trouble').getByRole('button').tap();
  await by(one, 'save-trouble').waitFor({ state: 'detached' });
  assert.equal(await chosen(one, 'housing.roof'), 'zinc');
  await by(two, 'save-trouble').waitFor();
  await two.close();
  await go(one, `#keluarga/${kpm}`);
  await by(one, 'family').waitFor();
  await openSection(one, kpm, 'housing');
  await answer(one, 'housing.wall', 'wood');
  await one.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 2);
  assert.equal(await by(one, 'save-trouble').count(), 0);
  assert.deepEqual(phone.faults, []);
});

test('a member who was taken out by mistake comes back with all answers, also after the page has died', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [family] = ofPersons(await (await client(endpoint, endpoint.facilitator)).families(), 3);
  const phone = await mortalPhone(t, temporaryFolder('profile'));
  await signIn(phone.page, signal.url, endpoint.facilitator);
  const kpm = await begin(phone.page, family);
  await openSection(phone.page, kpm, 'members');
  await by(phone.page, 'member-row').nth(1).tap();
  const place = await phone.page.evaluate(() => location.hash);
  await by(phone.page, 'member').waitFor();
  let saved = phone.nextSave();
  await answer(phone.page, 'members.1.name', 'Sulastri Contoh');
  await saved;
  saved = phone.nextSave();
  await by(phone.page, 'remove-member').tap();
  await phone.page.locator('dialog[open]').getByTestId('yes').tap();
  await saved;
  await by(phone.page, 'restore').waitFor();
  assert.equal(await by(phone.page, 'member-row').count(), 2);
  await phone.killPage();

  const { page } = phone;
  await page.goto(`${signal.url}/#keluarga/${kpm}/asesmen/members`);
  await unlock(page);
  await by(page, 'restore').waitFor();
  saved = phone.nextSave();
  await by(page, 'restore').tap();
  await saved;
  await by(page, 'restore').waitFor({ state: 'detached' });
  assert.equal(await by(page, 'member-row').count(), 3);
  await page.reload();
  await unlock(page);
  await go(page, place);
  await by(page, 'member').waitFor();
  await page.getByRole('heading', { name: 'Sulastri Contoh' }).waitFor();
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
