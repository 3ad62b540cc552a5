// A newer pack reaches a phone whose release names the keys that it takes packs of.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { client } from './client.mjs';
import { answer, begin, by, finishAsItIs, go, openSection, outboxSays, signIn, unlock } from './facilitator.mjs';
import { DIST, command, link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { putRelease } from './release.mjs';

const work = temporaryFolder('packs');
const file = (name) => join(work, name);
const base64 = (pem) => pem.replace(/-----[^-]+-----|\s/g, '');

/** A pack like the published one, of a later version, signed or not; gives its hash. `edits` = what is changed in which file. */
function newer(version, key, edits = {}) {
  const source = file(version);
  cpSync('packs/graduasi-2026', source, { recursive: true });
  const numbered = (head) => head.replace(/^version = .*$/m, `version = "${version}"`);
  for (const [name, edit] of Object.entries({ 'pack.toml': numbered, ...edits })) {
    writeFileSync(join(source, name), edit(readFileSync(join(source, name), 'utf8')));
  }
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

const fact = `
[[fact]]
path = "internet"
type = "bool"
source = "question"
change = "never"
sensitivity = "L2"
label = { id = "Ada internet", en = "Internet" }
`;
const question = '[[section.question]]\nfact = "internet"\nask = { id = "Apakah ada internet?", en = "Is there internet?" }\n';
const since = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

test('an assessment that was begun moves to newer rules when asked: what is new, changed and gone is listed, and it is decided by them', async (t) => {
  const hash = newer('2027.2.1', null, {
    'pack.toml': (head) => head.replace(/^version = .*$/m, 'version = "2027.2.1"').replace(/^effective_from = .*$/m, `effective_from = "${since}"`),
    'facts.toml': (facts) => facts + fact,
    'questionnaire.toml': (questions) => questions.replace('Berapa tabungan keluarga sekarang?', 'Berapa simpanan di bank?')
      .replace(/\[\[section\.question\]\]\nfact = "expenditure_month"[^]*?(?=\[\[section\.question\]\])/, `${question}\n`),
  });
  const first = await startEndpoint(t);
  const other = await client(first, first.facilitator);
  const family = [...(await other.families()).values()].find((family) => !family.last);
  const signal = await link(t, first);
  const { page, faults } = await openPhone(t, temporaryFolder('profile'));
  await signIn(page, signal.url, first.facilitator);
  const kpm = await begin(page, family);
  await openSection(page, kpm, 'money');
  await answer(page, 'savings', 500000);
  await answer(page, 'expenditure_month', 2100000);
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 2);
  const sections = async () => { await go(page, `#keluarga/${kpm}/asesmen`); await by(page, 'assessment').waitFor(); };
  await sections();
  assert.equal(await by(page, 'newer').count(), 0);

  // The newer pack comes with a sync. The assessment stays on its own, and says so.
  await first.stop();
  const endpoint = await startEndpoint(t, { data: first.data, packs: [file('2027.2.1.nkp')] });
  signal.retarget(endpoint.port);
  await go(page, '#kotak-keluar');
  const came = page.waitForResponse((response) => response.url().endsWith(hash));
  await by(page, 'sync-now').tap();
  await came;
  await page.waitForFunction((hash) => new Promise((found) => {
    indexedDB.open('naik-kelas').onsuccess = ({ target: { result } }) => {
      result.transaction('packs').objectStore('packs').getKey(hash).onsuccess = ({ target }) => { result.close(); found(target.result); };
    };
  }), hash);
  await sections();
  await by(page, 'newer-see').tap();
  const dialog = page.locator('dialog[open]');
  assert.match(await dialog.innerText(), /Pertanyaan baru\s+Ada internet\s+Berubah[^]*Tabungan[^]*: Rp500\.000\s+Tidak ditanyakan[^]*: Rp2\.100\.000/);
  await by(dialog, 'no').tap();
  await openSection(page, kpm, 'money');
  assert.equal(await by(page, 'question:internet').count(), 0, 'left as it is');

  // Moved, it asks the new questions, also after the page was loaded again, and what was answered is there.
  await sections();
  await by(page, 'newer-see').tap();
  await by(dialog, 'yes').tap();
  await by(page, 'newer').waitFor({ state: 'detached' });
  await openSection(page, kpm, 'money');
  await answer(page, 'internet', true);
  assert.match(await by(page, 'question:savings').innerText(), /Berapa simpanan di bank/);
  assert.equal(await by(page, 'question:savings').locator('input').first().inputValue(), '500.000');
  assert.equal(await by(page, 'question:expenditure_month').count(), 0);
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length >= 4);
  await page.reload();
  await unlock(page);
  await sections();
  assert.equal(await by(page, 'newer').count(), 0);
  await finishAsItIs(page, kpm);
  await outboxSays(page, { waiting: 0 });
  const { last } = (await (await client(endpoint, endpoint.facilitator)).families()).get(kpm);
  assert.equal(last.decision.pack.hash, hash);
  assert.deepEqual(faults, []);
});
