// Storage that fails: what is on the screen stays there, each screen says what to do, and nothing that was not sent is deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './accessibility.mjs';
import { client, metrics } from './client.mjs';
import { answer, begin, by, choosePin, enterPassword, finishAsItIs, go, installed, openSection, outboxSays, PIN, signIn, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

const DATABASE = 'naik-kelas';

/** A phone without signal: one finished assessment waits, and in another one answer is saved. */
async function ready(t, prepare = async () => {}) {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((family) => !family.last);
  const profile = temporaryFolder('profile');
  const phone = await openPhone(t, profile);
  const { page } = phone;
  await prepare(phone.context);
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();
  await finishAsItIs(page, await begin(page, families[0]));
  const kpm = await begin(page, families[1]);
  await openSection(page, kpm, 'housing');
  await answer(page, 'housing.floor', 'earth');
  await saved(page);
  return { endpoint, signal, phone, page, profile, kpm };
}

const saved = (page, count = 1) => page.waitForFunction((least) => performance.getEntriesByName('nk:save').length >= least, count);
const chosen = (page, path) => by(page, `question:${path}`).locator('select, input:checked').first().inputValue();

/** From now on `indexedDB.open` and transactions of the page can be made to fail: `window.storage`. */
const faulty = (context) => context.addInitScript(() => {
  const storage = (window.storage = { connection: null, opening: null, writing: null });
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (name, version) {
    const request = open.call(this, name, storage.opening ?? version);
    request.addEventListener('success', () => { storage.connection = request.result; });
    return request;
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, ...more) {
    if (mode === 'readwrite' && storage.writing) throw new DOMException('Internal error.', storage.writing);
    return begin.call(this, names, mode, ...more);
  };
});

/** Does something with a table, beside the app; `row` is what the app has there under a key that matches. */
const beside = (page, table, match, deed, given) => page.evaluate(([database, name, pattern, work, value]) => new Promise((ok, fail) => {
  const opening = indexedDB.open(database);
  opening.onerror = fail;
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(name, 'readwrite');
    const store = transaction.objectStore(name);
    let found = null;
    store.getAll().onsuccess = ({ target }) => {
      found = target.result.find((row) => new RegExp(pattern).test(row.k));
      if (found && work === 'flip') {
        const bytes = Uint8Array.from(found.b);
        bytes[bytes.length - 5] ^= 4;
        store.put({ ...found, b: bytes });
      }
      if (work === 'put') store.put({ ...value, b: Uint8Array.from(value.b) });
    };
    transaction.oncomplete = () => { opening.result.close(); ok(found && { ...found, b: [...found.b] }); };
  };
}), [DATABASE, table, match, deed, given]);

/** One bit of a record is wrong from now on; gives what was there. */
const flip = async (page, table, match) => {
  const row = await beside(page, table, match, 'flip');
  assert.ok(row, `a record of ${table} like ${match}`);
  return row;
};

async function start(page, address) {
  await page.goto('about:blank');
  await page.goto(address);
  await unlock(page);
}

async function allArrives({ endpoint, signal, page }) {
  await signal.restore();
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0 });
  assert.equal((await metrics(endpoint))['naik_kelas_entries_total{outcome="accepted"}'], 1);
}

test('a connection that is closed under the app is opened again, and an internal error keeps the answer on the screen', async (t) => {
  const walk = await ready(t, faulty);
  const { page, phone } = walk;
  // As the browser does under pressure: without a word, and with its event.
  for (const [at, [wall, how]] of [['wood', 'close'], ['bamboo', 'event']].entries()) {
    await page.evaluate((event) => {
      const { connection } = window.storage;
      connection.close();
      if (event === 'event') connection.dispatchEvent(new Event('close'));
    }, how);
    await answer(page, 'housing.wall', wall);
    await saved(page, at + 2);
    assert.equal(await by(page, 'save-trouble').count(), 0);
  }
  await page.evaluate(() => { window.storage.writing = 'UnknownError'; });
  await answer(page, 'housing.wall', 'masonry');
  const trouble = by(page, 'save-trouble');
  await trouble.waitFor();
  assert.match(await trouble.textContent(), /Jangan tutup halaman ini/);
  assert.deepEqual(await readable(page), []);
  await page.evaluate(() => { window.storage.writing = null; });
  await by(page, 'save-again').tap();
  await trouble.waitFor({ state: 'detached' });
  await start(page, `${walk.signal.url}/#keluarga/${walk.kpm}/asesmen/housing`);
  await by(page, 'question:housing.wall').waitFor();
  assert.equal(await chosen(page, 'housing.wall'), 'masonry');
  await allArrives(walk);
  assert.deepEqual(phone.faults, []);
});

test('storage that cannot be opened at the start says what to do, and opens when it can', async (t) => {
  const { signal, kpm, profile, phone: first } = await ready(t);
  await first.close();
  const phone = await openPhone(t, profile);
  const { page } = phone;
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    window.storage = { broken: true };
    IDBFactory.prototype.open = function (...parts) {
      if (window.storage.broken) throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
      return open.apply(this, parts);
    };
  });
  await page.goto(`${signal.url}/#keluarga/${kpm}/asesmen/housing`);
  await page.getByText(/Tutup browser, buka lagi.*Jangan hapus data browser/).waitFor();
  assert.deepEqual(await readable(page), []);
  await page.evaluate(() => { window.storage.broken = false; });
  await by(page, 'again').tap();
  await unlock(page);
  await by(page, 'question:housing.floor').waitFor();
  assert.equal(await chosen(page, 'housing.floor'), 'earth');
  assert.deepEqual(phone.faults, []);
});

test('a newer app takes the database over and the older tab says so; one that does not let go is to be closed', async (t) => {
  const { signal, kpm, phone, page } = await ready(t);
  // The next version of the tables: another tab opens it.
  const newer = await phone.context.newPage();
  await faulty(newer);
  await newer.addInitScript(() => { window.storage.opening = 2; });
  await newer.goto(`${signal.url}/manifest.webmanifest`);
  await newer.evaluate((name) => new Promise((ok, fail) => {
    const opening = indexedDB.open(name, 2);
    opening.onsuccess = ok;
    opening.onerror = fail;
  }), DATABASE);
  await answer(page, 'housing.wall', 'wood');
  await by(page, 'save-trouble').getByText(/versi yang lebih baru. Muat ulang/).waitFor();
  assert.equal(await chosen(page, 'housing.wall'), 'wood', 'it is still on the screen');

  // The version after that, while this one is held open by a page that does not answer.
  const newest = await phone.context.newPage();
  await faulty(newest);
  await newest.addInitScript(() => { window.storage.opening = 3; });
  await newest.goto(`${signal.url}/#keluarga/${kpm}/asesmen/housing`);
  await newest.getByText(/terbuka di tab lain. Tutup tab itu/).waitFor();
  await newer.close();
  await by(newest, 'again').tap();
  await unlock(newest);
  // The draft is open in the older tab, too.
  await by(newest, 'take-over').tap();
  await by(newest, 'question:housing.floor').waitFor();
  assert.equal(await chosen(newest, 'housing.floor'), 'earth');
  assert.deepEqual(phone.faults, []);
});

test('a database that is deleted under the app, or between two starts, is missed and not made anew in silence', async (t) => {
  const { endpoint, signal, page, phone } = await ready(t);
  await page.evaluate((name) => new Promise((ok) => { indexedDB.deleteDatabase(name).onsuccess = ok; }), DATABASE);
  await answer(page, 'housing.wall', 'wood');
  await by(page, 'save-trouble').getByText(/Penyimpanan aplikasi ini telah dihapus/).waitFor();
  assert.deepEqual([await chosen(page, 'housing.floor'), await chosen(page, 'housing.wall')], ['earth', 'wood'], 'what was answered can still be read');
  assert.deepEqual(await readable(page), []);
  await page.reload();
  await page.getByText(/Penyimpanan aplikasi ini telah dihapus/).waitFor();
  assert.deepEqual(await readable(page), []);
  await signal.restore();
  await by(page, 'again').tap();
  await enterPassword(page, endpoint.facilitator);
  await choosePin(page);
  await page.getByText('Asesmen ini sudah selesai atau dibuang').waitFor();
  await go(page, '#keluarga');
  await by(page, 'family-row').first().waitFor();
  assert.deepEqual(phone.faults, []);
});

test('the app\'s files are deleted and not its records: it says so without signal, and mends itself with one', async (t) => {
  const { signal, page, kpm, phone } = await ready(t);
  await page.evaluate(async () => { for (const name of await caches.keys()) await caches.delete(name); });
  await page.goto('about:blank');
  await page.goto(`${signal.url}/#keluarga/${kpm}/asesmen/housing`);
  await page.getByText(/Catatan Anda aman. Cari sinyal/).waitFor();
  await signal.restore();
  await page.reload();
  await unlock(page);
  await by(page, 'question:housing.floor').waitFor();
  await installed(page);
  await page.waitForFunction(async () => {
    const [name] = await caches.keys();
    const listed = (await (await fetch('/release.json')).json()).files.length;
    return (await (await caches.open(name)).keys()).length === listed;
  });
  await signal.cut();
  await page.reload();
  await unlock(page);
  await by(page, 'question:housing.floor').waitFor();
  assert.equal(await chosen(page, 'housing.floor'), 'earth');
  assert.deepEqual(phone.faults, []);
});

test('a record with one wrong bit is said, is not deleted, and keeps nothing else from being opened, sent and received', async (t) => {
  const walk = await ready(t);
  const { endpoint, signal, page, kpm } = walk;
  // An unfinished assessment, and what waits to be sent.
  for (const [table, address] of [['drafts', `#keluarga/${kpm}/asesmen/housing`], ['outbox', '#kotak-keluar']]) {
    const row = await flip(page, table, '.');
    if (table === 'outbox') await signal.restore();
    await start(page, `${signal.url}/${address}`);
    await page.getByText(/yang rusak di HP ini. Tidak ada yang dihapus/).waitFor();
    assert.deepEqual(await readable(page), []);
    assert.notDeepEqual(await beside(page, table, row.k, 'look'), null, 'it still lies there');
    if (table === 'outbox') await signal.cut();
    await beside(page, table, row.k, 'put', row);
  }
  // A family, and how far the phone has listened: the server has them.
  await flip(page, 'kpms', kpm);
  await flip(page, 'meta', '/progress$');
  await start(page, `${signal.url}/#keluarga/${kpm}`);
  await page.getByText(/yang rusak di HP ini. Tidak ada yang dihapus/).waitFor();
  await signal.restore();
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0 });
  await go(page, `#keluarga/${kpm}/asesmen/housing`);
  await by(page, 'question:housing.floor').waitFor();
  assert.equal(await chosen(page, 'housing.floor'), 'earth');
  assert.equal((await metrics(endpoint))['naik_kelas_entries_total{outcome="accepted"}'], 1);
  // Who it is: signing in tells it again.
  await flip(page, 'meta', '/person$');
  await page.goto('about:blank');
  await page.goto(signal.url);
  await by(page, 'pin').fill(PIN);
  await by(page, 'pin-go').tap();
  await page.getByText(/yang rusak di HP ini. Tidak ada yang dihapus. Ketuk Lupa PIN/).waitFor();
  await by(page, 'forgot-pin').tap();
  await enterPassword(page, endpoint.facilitator);
  await choosePin(page);
  await by(page, 'today').waitFor();
  await openSection(page, kpm, 'housing');
  await by(page, 'question:housing.floor').waitFor();
  assert.equal(await chosen(page, 'housing.floor'), 'earth');
});
