// A newer pack reaches a phone whose release names the keys that it takes packs of.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { by, go, signIn } from './facilitator.mjs';
import { DIST, command, link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { putRelease } from './release.mjs';

const work = temporaryFolder('packs');
const file = (name) => join(work, name);
const base64 = (pem) => pem.replace(/-----[^-]+-----|\s/g, '');

/** A pack like the published one, of a later version, signed or not; gives its hash. */
function newer(version, key) {
  const source = file(version);
  cpSync('packs/graduasi-2026', source, { recursive: true });
  const head = readFileSync(join(source, 'pack.toml'), 'utf8');
  writeFileSync(join(source, 'pack.toml'), head.replace(/^version = .*$/m, `version = "${version}"`));
  const signing = key ? ['--key', file(key)] : [];
  return / ([0-9a-f]{64})/.exec(command('pack', 'build', source, '-o', file(`${version}.nkp`), ...signing))[1];
}

const packsOn = (page) => page.evaluate(() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('naik-kelas');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const keys = opening.result.transaction('packs').objectStore('packs').getAllKeys();
    keys.onsuccess = () => { opening.result.close(); resolve(keys.result); };
  };
}));

test('a pack signed by a key of the release is taken, and one of another key or of none never reaches the app', async (t) => {
  for (const key of ['old', 'ours', 'theirs']) command('pack', 'new-key', '-o', file(key));
  const ours = newer('2027.1.1', 'ours');
  const theirs = newer('2027.1.2', 'theirs');
  const nobodys = newer('2027.1.3');
  const app = temporaryFolder('app');
  const keys = ['old', 'ours'].map((key) => base64(readFileSync(file(`${key}.pub`), 'utf8')));
  putRelease(DIST, app, (site) => {
    const page = site.get('index.html').toString();
    assert.match(page, /<meta name="nk-keys" content="[^"]*"/);
    site.set('index.html', Buffer.from(page.replace(/(<meta name="nk-keys" content=")[^"]*"/, `$1${keys.join(' ')}"`)));
  });

  const versions = ['2027.1.1', '2027.1.2'];
  const endpoint = await startEndpoint(t, { app, packs: versions.map((version) => file(`${version}.nkp`)) });
  const signal = await link(t, endpoint);
  const phone = await openPhone(t, temporaryFolder('profile'));
  const { page } = phone;
  const asked = new Map();
  page.on('response', (response) => asked.set(new URL(response.url()).pathname, response.status()));
  const answered = async (path, status) => {
    while (asked.get(path) !== status) await page.waitForEvent('response');
  };
  await signIn(page, signal.url, endpoint.facilitator);
  await answered(`/api/v1/packs/${theirs}/signed`, 200);
  const bundled = (await packsOn(page)).filter((hash) => hash !== ours);
  assert.equal(bundled.length, 1);
  assert.ok(!bundled.includes(theirs));
  assert.ok((await packsOn(page)).includes(ours));

  // Nor is one taken that nobody signed; what the phone has stays in use, and the work goes on.
  await endpoint.stop();
  const next = await startEndpoint(t, { data: endpoint.data, app, packs: [file('2027.1.3.nkp')] });
  signal.retarget(next.port);
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').tap();
  await answered(`/api/v1/packs/${nobodys}/signed`, 404);
  assert.deepEqual((await packsOn(page)).sort(), [...bundled, ours].sort());
  assert.ok(![...asked.keys()].some((path) => /^\/api\/v1\/packs\/[0-9a-f]+$/.test(path)), 'never without its signature');
  assert.deepEqual(phone.faults, []);
});
