// A caseload of several pages comes without a pause between them: the endpoint says that there is more, and more is asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { by, go, signIn } from './facilitator.mjs';
import { openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

test('two thousand families, some dozen pages, come at the first sync', async (t) => {
  const endpoint = await startEndpoint(t, { more: ['--families-each', '2000'] });
  const { page, faults } = await openPhone(t, temporaryFolder('profile'));
  await signIn(page, `http://127.0.0.1:${endpoint.port}`, endpoint.facilitator);
  await go(page, '#keluarga');
  // Were every page waited for as long as another tab's turn, this would take minutes.
  await by(page, 'caseload').getByRole('status').filter({ hasText: /^2[.]?000 / }).waitFor({ timeout: 60_000 });
  assert.deepEqual(faults, []);
});
