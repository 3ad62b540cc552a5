// Draws the README's picture and the screens of the main job: `node tests/e2e/screens.mjs` on a built site.
import { mkdirSync } from 'node:fs';
import { client } from './client.mjs';
import { answerAll, by, go, findFamily, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { fourAndABusiness } from './households.mjs';

const OUT = 'docs/screens';
const after = [];
const t = { after: (last) => after.unshift(last) };

const endpoint = await startEndpoint(t);
const signal = await link(t, endpoint);
const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
const family = families.find((f) => !f.last && f.roster.length === 4);
mkdirSync(OUT, { recursive: true });

const phone = await openPhone(t, temporaryFolder('profile'));
const { page } = phone;
const draw = async (name) => {
  await page.evaluate(() => scrollTo(0, 0));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${OUT}/${name}-${colorScheme}.png`, scale: 'css' });
  }
};
await page.goto(signal.url);
await page.locator('#user').waitFor();
await draw('door');
await signIn(page, signal.url, endpoint.facilitator);
await draw('today');
await go(page, '#keluarga');
await by(page, 'family-row').first().waitFor();
await draw('families');
const kpm = await findFamily(page, family.kk);
await draw('family');
await by(page, 'start-assessment').tap();
await page.waitForURL(/asesmen/);
await answerAll(page, kpm, { ...fourAndABusiness(), village: family.village });
await go(page, `#keluarga/${kpm}/asesmen`);
await by(page, 'assessment').waitFor();
await draw('assessment');
await go(page, `#keluarga/${kpm}/asesmen/business`);
await by(page, 'question:business.exists').waitFor();
await draw('questions');
await go(page, `#keluarga/${kpm}/asesmen/hasil`);
await by(page, 'result').waitFor();
await draw('result');
await by(page, 'finish').tap();
await page.waitForURL(/selesai/);
await draw('done');
await go(page, '#kotak-keluar');
await by(page, 'sync-state').waitFor();
await draw('outbox');
await go(page, '#saya');
await by(page, 'me').or(page.locator('main')).first().waitFor();
await draw('me');
for (const last of after) await last();
