// The browser's database as a file, and back: all rows as they lie there, and the device key beside them. Made-up people only.
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DATABASE = 'naik-kelas';
const FOLDER = 'tests/fixtures';

/** The kept databases, the oldest schema first. */
export const keptDatabases = () => readdirSync(FOLDER).filter((name) => /^database-\d+\.json\.gz$/.test(name)).sort()
  .map((name) => JSON.parse(gunzipSync(readFileSync(join(FOLDER, name)))));

/** Writes a database down under its schema's number. */
export const keepDatabase = (kept) => writeFileSync(join(FOLDER, `database-${kept.schema}.json.gz`), gzipSync(JSON.stringify(kept), { level: 9 }));

/** From now on the page's keys can be read: for [`readDatabase`] and nothing else. */
export const openKeys = (context) => context.addInitScript(() => {
  const { importKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.importKey = function (format, bytes, kind, _, uses) {
    return importKey.call(this, format, bytes, kind, true, uses);
  };
});

/** All that lies in the page's database, and in its local storage. */
export const readDatabase = (page) => page.evaluate(async (name) => {
  const done = (request) => new Promise((ok, fail) => { request.onsuccess = () => ok(request.result); request.onerror = fail; });
  const base64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
  const database = await done(indexedDB.open(name));
  const tables = {};
  let keys = [];
  for (const table of database.objectStoreNames) {
    const store = database.transaction(table).objectStore(table);
    if (store.keyPath === null) {
      const [names, found] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      keys = await Promise.all(found.map(async (key, at) => ({
        table, name: names[at], kind: key.algorithm.name, uses: key.usages, b: base64(await crypto.subtle.exportKey('raw', key)),
      })));
    } else {
      tables[table] = { keyPath: store.keyPath, rows: (await done(store.getAll())).map((row) => ({ ...row, b: base64(row.b) })) };
    }
  }
  const schema = database.version;
  database.close();
  return { schema, tables, keys, remembered: { ...localStorage } };
}, DATABASE);

/** Makes the page's database what was kept. */
export const writeDatabase = (page, kept) => page.evaluate(async ([name, { schema, tables, keys, remembered }]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const made = await Promise.all(keys.map(({ b, kind, uses }) => crypto.subtle.importKey('raw', bytes(b), kind, false, uses)));
  await new Promise((ok, fail) => {
    const opening = indexedDB.open(name, schema);
    opening.onupgradeneeded = () => {
      for (const [table, { keyPath, rows }] of Object.entries(tables)) {
        const store = opening.result.createObjectStore(table, { keyPath });
        for (const row of rows) store.put({ ...row, b: bytes(row.b) });
      }
      for (const table of new Set(keys.map((key) => key.table))) opening.result.createObjectStore(table);
      keys.forEach(({ table, name: of }, at) => opening.transaction.objectStore(table).put(made[at], of));
    };
    opening.onsuccess = () => { opening.result.close(); ok(); };
    opening.onerror = fail;
  });
  for (const [key, value] of Object.entries(remembered)) localStorage.setItem(key, value);
}, [DATABASE, kept]);
