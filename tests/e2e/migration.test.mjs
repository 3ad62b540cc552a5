// The database of every schema that was ever released opens in today's app, with all that lay in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptDatabases, writeDatabase } from './database.mjs';
import { by, go, outboxSays, unlock } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';


test('the database of every released schema opens: the PIN, the draft, what waits', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const databases = keptDatabases();
  assert.ok(databases.length > 0);
  for (const kept of databases) {
    const phone = await openPhone(t, temporaryFolder(`schema-${kept.schema}`), { isMobile: false });
    const { page } = phone;
    await signal.restore().catch(() => {});
    await page.goto(`${signal.url}/manifest.webmanifest`);
    await writeDatabase(page, kept);
    await page.goto(signal.url);
    await by(page, 'unlock').waitFor();
    await signal.cut(); // no endpoint of today knows this phone
    await unlock(page);
    await by(page, 'today').waitFor();
    await outboxSays(page, { waiting: kept.waiting });
    await go(page, `#keluarga/${kept.draft}/asesmen/housing`);
    for (const [path, value] of Object.entries(kept.answers)) {
      await by(page, `question:${path}`).waitFor();
      assert.equal(await by(page, `question:${path}`).locator('select, input:checked').first().inputValue(), value);
    }
    await go(page, '#keluarga');
    await by(page, 'family-row').first().waitFor();
    assert.deepEqual(phone.faults, []);
    await phone.close();
  }
});

test('the database of the schema that the app has today is kept', async (t) => {
  const endpoint = await startEndpoint(t);
  const { page } = await openPhone(t, temporaryFolder('profile'));
  await page.goto(`http://127.0.0.1:${endpoint.port}`);
  await page.locator('#user').waitFor();
  const schema = await page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === 'naik-kelas').version);
  assert.ok(keptDatabases().some((kept) => kept.schema === schema), `run node tests/e2e/keep-database.mjs: schema ${schema} is new`);
});
