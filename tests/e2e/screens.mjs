// Draws the README's pictures and the screens of the main job: `node tests/e2e/screens.mjs` on a built site.
// `today-light.png` is a phone in Bahasa Indonesia; `today-en-light.webp` in English; `today-wide-light.webp` is 1280 x 800.
import { mkdirSync, writeFileSync } from 'node:fs';
import { client } from './client.mjs';
import { go, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';
import { fourAndABusiness } from './households.mjs';
import { tourOfABeginning, tourOfAfterwards, tourOfAnEnd, tourOfNotes, tourOfTheDoor, tourOfThePin } from './tour.mjs';

const OUT = 'docs/screens';
const PHONE = { width: 360, height: 640 };
const WIDE = { width: 1280, height: 800 };
/** The states that are kept as pictures; the others of the tour differ little from them. */
const KEPT = ['door', 'pin-new', 'unlock', 'unlock-wait', 'today', 'families', 'search-none', 'family', 'member-mistake', 'assessment', 'questions', 'members', 'member', 'result', 'done', 'outbox', 'family-decided', 'month', 'me', 'me-sign-out', 'lost', 'note-visit', 'note-consent', 'note-referral', 'note-before', 'note-plan', 'family-history'];

mkdirSync(OUT, { recursive: true });
for (const lang of ['id', 'en']) {
  const after = [];
  const t = { after: (last) => after.unshift(last) };
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
  const family = families.find((f) => !f.last && f.roster.length === 4);
  const { page } = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const camera = await page.context().newCDPSession(page);
  const draw = async (name, colorScheme, viewport) => {
    const which = [name, ...(lang === 'en' ? ['en'] : []), ...(viewport === WIDE ? ['wide'] : []), colorScheme].join('-');
    if (lang === 'id' && viewport === PHONE) return page.screenshot({ path: `${OUT}/${which}.png`, scale: 'css' });
    const { data } = await camera.send('Page.captureScreenshot', { format: 'webp', quality: 60, clip: { x: 0, y: await page.evaluate(() => scrollY), ...viewport, scale: 0.5 } });
    return writeFileSync(`${OUT}/${which}.webp`, Buffer.from(data, 'base64'));
  };
  const see = async (name) => {
    if (!KEPT.includes(name)) return;
    for (const viewport of [WIDE, PHONE]) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => scrollTo(0, 0));
      for (const colorScheme of ['dark', 'light']) {
        await page.emulateMedia({ colorScheme });
        await draw(name, colorScheme, viewport);
      }
    }
  };
  await page.goto(signal.url);
  await page.evaluate((code) => localStorage.setItem('nk-lang', code), lang);
  await page.reload();
  await tourOfTheDoor(page, see);
  await tourOfThePin(page, endpoint.facilitator, see);
  await signIn(page, signal.url, endpoint.facilitator);
  const kpm = await tourOfABeginning(page, family, see);
  await tourOfAnEnd(page, kpm, { ...fourAndABusiness(), village: family.village }, see);
  await tourOfAfterwards(page, kpm, see);
  await tourOfNotes(page, kpm, see);
  await go(page, '#');
  for (const last of after) await last();
}
