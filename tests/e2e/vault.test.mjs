// The vault: what opens it and what does not, for how long a wrong PIN waits, when it locks, and what lies on the disk.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client } from './client.mjs';
import { answer, begin, by, choosePin, enterPassword, findFamily, finishAsItIs, go, installed, openSection, outboxSays, PIN, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const NEW_PIN = '739104';

/** A phone with somebody signed in, which starts without signal. */
async function ready(t, prepare = async () => {}) {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const profile = temporaryFolder('profile');
  const phone = await openPhone(t, profile);
  await prepare(phone.page);
  await signIn(phone.page, signal.url, endpoint.facilitator);
  await installed(phone.page);
  return { endpoint, signal, profile, phone, page: phone.page };
}

const families = async (endpoint) => [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];

async function wrongPin(page, pin = '000001') {
  await by(page, 'pin').fill(pin);
  await by(page, 'pin-go').tap();
  await page.waitForFunction(() => document.querySelector('#pin-told .msg') && !document.querySelector('#pin').value);
}

test('a new process without signal and without a session opens by the PIN alone, where the person was', async (t) => {
  const { signal, profile, phone: first, endpoint } = await ready(t);
  const [family] = await families(endpoint);
  await first.page.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open('naik-kelas');
    opening.onerror = failed;
    opening.onsuccess = () => {
      const deed = opening.result.transaction('meta', 'readwrite');
      const rows = deed.objectStore('meta').openKeyCursor();
      rows.onsuccess = () => {
        if (!rows.result) return;
        if (/\/session$/.test(rows.result.key)) deed.objectStore('meta').delete(rows.result.key);
        rows.result.continue();
      };
      deed.oncomplete = () => { opening.result.close(); done(); };
    };
  }));
  await first.close();
  await signal.cut();
  const phone = await openPhone(t, profile);
  const { page } = phone;
  await page.goto(`${signal.url}/#keluarga/${family.id}`);
  await by(page, 'unlock').waitFor();
  assert.ok(await page.evaluate(() => performance.getEntriesByName('nk:usable').length > 0));
  assert.equal(await by(page, 'family').count(), 0, 'nothing is shown before the PIN');
  await by(page, 'practice-banner').waitFor();
  await wrongPin(page);
  await unlock(page);
  await by(page, 'family').waitFor();
  await page.getByText(family.name).first().waitFor();
  assert.deepEqual(phone.faults, []);
});

test('wrong PINs wait, a reload does not end the wait, and nothing is wiped', async (t) => {
  const { page, phone, signal } = await ready(t, (page) => page.clock.install());
  await signal.cut();
  await page.reload();
  await by(page, 'unlock').waitFor();
  for (let wrong = 0; wrong < 5; wrong += 1) await wrongPin(page);
  await by(page, 'pin-wait').locator('.msg').waitFor();
  await page.reload();
  await by(page, 'pin-wait').locator('.msg').waitFor();
  // Even the right one waits.
  await by(page, 'pin').fill(PIN);
  await by(page, 'pin-go').tap();
  await by(page, 'pin-wait').locator('.msg').waitFor();
  assert.equal(await by(page, 'today').count(), 0);
  await page.clock.fastForward(30_000);
  await by(page, 'pin-wait').locator('.msg').waitFor({ state: 'detached' });
  await unlock(page);
  await by(page, 'today').waitFor();
  assert.deepEqual(phone.faults, []);
});

test('a forgotten PIN is made anew after signing in, and what was not sent is still there', async (t) => {
  const { endpoint, page, phone, signal } = await ready(t);
  const family = (await families(endpoint)).find((one) => !one.last);
  await signal.cut();
  await finishAsItIs(page, await begin(page, family));
  await outboxSays(page, { waiting: 1 });
  await page.reload();
  await by(page, 'forgot-pin').tap();
  await enterPassword(page, endpoint.facilitator);
  await page.locator('#told').getByText(/sinyal/).waitFor();
  await signal.restore();
  await enterPassword(page, endpoint.facilitator);
  await by(page, 'choose-pin').waitFor();
  // What everybody tries first, and two that differ, are not taken.
  await choosePin(page, '123456');
  await page.locator('#pin-told').getByText(/pertama dicoba/).waitFor();
  await by(page, 'pin').fill(NEW_PIN);
  await by(page, 'pin-go').tap();
  await page.locator('#pin-told').getByText(/berbeda/).waitFor();
  await choosePin(page, NEW_PIN);
  await by(page, 'today').or(by(page, 'outbox')).first().waitFor();
  await outboxSays(page, { waiting: 0 });
  await page.reload();
  await by(page, 'unlock').waitFor();
  await wrongPin(page, PIN);
  await unlock(page, NEW_PIN);
  await by(page, 'outbox').waitFor();
  assert.deepEqual(phone.faults, []);
});

test('a second person chooses whose vault to open; each PIN opens its own', async (t) => {
  const { endpoint, page, phone, signal } = await ready(t);
  const [first, second] = endpoint.accounts.filter((account) => account.role === 'facilitator');
  const [family] = await families(endpoint);
  await page.reload();
  await signIn(page, signal.url, second, NEW_PIN);
  await go(page, `#keluarga/${family.id}`);
  await page.getByText('Keluarga ini tidak ada di HP ini').waitFor();
  await signal.cut();
  await page.goto(signal.url);
  await page.reload();
  await by(page, 'unlock').waitFor();
  assert.deepEqual(await readable(page), []);
  const people = by(page, 'unlock').locator('label.opt');
  assert.equal(await people.count(), 2);
  // Who was here last stands first, and is chosen.
  await wrongPin(page, PIN);
  await people.nth(1).tap();
  await unlock(page, PIN);
  await by(page, 'today').waitFor();
  await findFamily(page, family.kk);
  assert.ok(first && phone.faults.length === 0);
});

test('it locks on request and when nobody touches it, and saves what is being typed first', async (t) => {
  const { endpoint, page, phone, signal } = await ready(t, (page) => page.clock.install());
  const family = (await families(endpoint)).find((one) => !one.last);
  await go(page, '#saya');
  await by(page, 'lock').tap();
  await unlock(page);
  await by(page, 'me').waitFor();

  const kpm = await begin(page, family);
  await signal.cut();
  await openSection(page, kpm, 'members');
  await by(page, 'member-row').first().tap();
  await by(page, 'member').waitFor();
  const name = by(page, 'question:members.0.name').locator('input');
  await name.fill('Yang Diketik Contoh');
  // A touch in time keeps it open.
  await page.clock.fastForward(4 * 60_000);
  await page.keyboard.press('Shift');
  await page.clock.fastForward(4 * 60_000);
  assert.equal(await by(page, 'unlock').count(), 0);
  await page.clock.fastForward(2 * 60_000);
  await by(page, 'unlock').waitFor();
  await unlock(page);
  assert.equal(await name.inputValue(), 'Yang Diketik Contoh');
  assert.deepEqual(phone.faults, []);
});

test('the PIN is changed by the one before', async (t) => {
  const { page, phone } = await ready(t);
  await go(page, '#saya');
  await by(page, 'change-pin').tap();
  const change = async (before, after) => {
    await by(page, 'pin-now').fill(before);
    await choosePin(page, after);
  };
  await change('000001', NEW_PIN);
  await page.locator('#pin-told').getByText(/tidak cocok/).waitFor();
  await change(PIN, 'kopi pagi sekali');
  await page.locator('#pin-told').getByText(/sudah diganti/).waitFor();
  await page.reload();
  await by(page, 'unlock').waitFor();
  assert.equal(await by(page, 'pin').getAttribute('inputmode'), 'text');
  await wrongPin(page, PIN);
  await unlock(page, 'kopi pagi sekali');
  await by(page, 'me').waitFor();
  assert.deepEqual(phone.faults, []);
});

/** Every file below a folder. */
const filesOf = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

test('after a visit no file of the browser holds a name, a number or the PIN in plain', async (t) => {
  const { endpoint, page, phone, profile } = await ready(t);
  const family = (await families(endpoint)).find((one) => !one.last);
  const planted = { name: 'Zulaikha Rahasia Contoh', nik: '3209146908950001' };
  const kpm = await begin(page, family);
  await openSection(page, kpm, 'members');
  await by(page, 'member-row').first().tap();
  await by(page, 'member').waitFor();
  await answer(page, 'members.0.name', planted.name);
  await answer(page, 'members.0.nik', planted.nik);
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 2);
  await finishAsItIs(page, kpm);
  await outboxSays(page, { waiting: 0 });
  await go(page, '#keluarga');
  await by(page, 'search').fill('zulaikha');
  await go(page, '#saya');
  await by(page, 'lock').tap();
  await by(page, 'unlock').waitFor();
  await wrongPin(page, NEW_PIN);
  await unlock(page);
  await by(page, 'me').waitFor();
  const person = (await (await client(endpoint, endpoint.facilitator)).session).name;
  await phone.close();

  // A canary that does lie there in plain shows that the search finds what it looks for.
  const secrets = [...Object.values(planted), 'Zulaikha', family.kk, family.name, person, endpoint.facilitator.password, PIN, NEW_PIN];
  const files = filesOf(profile);
  const found = new Set();
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const text of ['naik-kelas', ...secrets]) {
      for (const form of ['latin1', 'utf16le']) {
        if (bytes.includes(Buffer.from(text, form))) found.add(text === 'naik-kelas' ? text : `${text} in ${file.slice(profile.length)}`);
      }
    }
  }
  assert.deepEqual([...found], ['naik-kelas'], `${files.length} files were searched`);
});
