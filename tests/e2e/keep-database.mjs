// Writes the database of today's app into tests/fixtures, when its schema is new: see the README there.
import { client } from './client.mjs';
import { keepDatabase, openKeys, readDatabase } from './database.mjs';
import { answer, begin, finishAsItIs, go, installed, openSection, outboxSays, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { runs } from './release.mjs';

const ends = [];
const t = { after: (end) => ends.unshift(end) };
try {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const [done, begun] = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((family) => !family.last);
  const { page, context } = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  await openKeys(context);
  await signIn(page, signal.url, endpoint.facilitator);
  await installed(page);
  await signal.cut();
  const finished = await begin(page, done);
  await finishAsItIs(page, finished);
  const draft = await begin(page, begun);
  await openSection(page, draft, 'housing');
  const answers = { 'housing.floor': 'earth', 'housing.wall': 'bamboo' };
  for (const [path, value] of Object.entries(answers)) {
    const saved = await page.evaluate(() => performance.getEntriesByName('nk:save').length);
    await answer(page, path, value);
    await page.waitForFunction((before) => performance.getEntriesByName('nk:save').length > before, saved);
  }
  await outboxSays(page, { waiting: 1 });
  await go(page, '#keluarga');
  const release = await runs(page);
  const kept = await readDatabase(page);
  // Two families of the 150 will do: a fixture stays in the repository for ever.
  kept.tables.kpms.rows = kept.tables.kpms.rows.filter(({ k }) => [draft, finished].some((id) => k.includes(id)));
  keepDatabase({ ...kept, release, draft, answers, waiting: 1 });
  console.log(`tests/fixtures/database-${kept.schema}.json.gz: ${Object.entries(kept.tables).map(([name, { rows }]) => `${name} ${rows.length}`).join(', ')}`);
} finally {
  for (const end of ends) await end();
}
