// `cargo xtask bench phone`: storage, cold start, long lists, first visit and memory, as on a phone that is six times
// slower than this machine. Chromium slows the page's main thread only: the disk and IndexedDB's process are this machine's.
import { by, go } from '../tests/e2e/facilitator.mjs';
import { startEndpoint } from '../tests/e2e/harness.mjs';
import { probed, profile, readyPhone, unlockedUntil, within } from './browser/bench.mjs';
import { countedLink, SLOW_3G } from './browser/link.mjs';
import { memory, settled, SLOWDOWN, slowed, spread, take } from './browser/page.mjs';
import { rawSaves, sealedSaves } from './browser/saves.mjs';
import { peerStorage } from './browser/peers.mjs';
import { mean, median, publish, quantile, say } from './report.mjs';

const RUNS = 5;
const SAVES = 200;
const MANY = 10_000;
const rows = [];
const detail = {};
const STARTED = 'locked: the PIN can be typed';

/** A part that breaks off says so in its rows; the others are measured all the same. */
async function part(names, work) {
  try {
    rows.push(...await within(work));
  } catch (error) {
    say(`broke off: ${error.stack}`);
    rows.push(...names.map((what) => ({ what, notMeasured: `broke off: ${String(error.message).split('\n')[0].slice(0, 120)}` })));
  }
}

await part(['durable save of one answer'], async (scope) => {
  const { phone: { page } } = await readyPhone(scope, 350);
  await by(page, 'family-row').first().tap();
  await by(page, 'start-assessment').tap();
  await page.waitForURL(/asesmen/);
  await slowed(page);
  const sealed = await sealedSaves(page, SAVES);
  const raw = await rawSaves(page, SAVES, sealed.bytes);
  const peers = await peerStorage(SAVES);
  detail.saves = { sealed: { ...spread(sealed.millis), mean: mean(sealed.millis), bytes: sealed.bytes }, fromEvent: spread(sealed.fromEvent), raw: { ...spread(raw), mean: mean(raw) }, peers };
  const strict = { name: 'raw IndexedDB, strict', value: quantile(raw, 0.95) };
  const unit = 'ms';
  say(`saves: ${sealed.millis.length}`);
  return [
    { what: 'durable save of one answer, sealed, p95', value: quantile(sealed.millis, 0.95), unit, most: 30, peer: strict, note: `nk:save, ${sealed.bytes} bytes` },
    { what: 'durable save of one answer, sealed, mean of 200', value: mean(sealed.millis), unit, timesPeerAtMost: 1.5, peer: { name: 'raw IndexedDB, strict, as many bytes', value: mean(raw) } },
    { what: 'from the event of an answer until it is committed, p95', value: quantile(sealed.fromEvent, 0.95), unit, most: 30 },
    ...peers.map((peer) => ({ what: 'durable save, sealed, mean, beside', value: mean(sealed.millis), unit, ...peer })),
  ];
});

await part(['cold start without signal, 350 families'], async (scope) => {
  const { link, folder, phone } = await readyPhone(scope, 350);
  await phone.close();
  link.cut();
  const [usable, opened, shown] = [[], [], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const fresh = await probed(scope, folder);
    await slowed(fresh.page);
    await fresh.page.goto(link.url, { waitUntil: 'commit' });
    await fresh.page.evaluate(() => window.nkProbe.see('[data-testid=pin]'));
    const mark = await fresh.page.evaluate(() => performance.getEntriesByName('nk:usable')[0]?.startTime);
    const { begun, seen: painted } = await unlockedUntil(fresh.page, '[data-testid=today] a');
    const seen = painted - begun;
    await fresh.close();
    // The first fills the browser's caches of compiled code.
    if (run > 0) { usable.push(mark); opened.push(seen); shown.push(mark + seen); }
  }
  detail.coldStart = { usable: spread(usable), unlocked: spread(opened), shown: spread(shown) };
  return [
    { what: `cold start without signal, 350 families, ${STARTED}`, value: median(usable), unit: 'ms', most: 1500, note: `nk:usable, median of ${RUNS}, new process each` },
    { what: 'unlocking, from the tap until whom to see is painted, 350 families', value: median(opened), unit: 'ms', most: 1200 },
    { what: 'cold start without signal, 350 families: both together, without the typing', value: median(shown), unit: 'ms' },
  ];
});

await part(['10,000 families'], async (scope) => {
  const { link, folder, phone } = await readyPhone(scope, MANY);
  await phone.close();
  link.cut();
  const [opened, listed, paints, works] = [[], [], [], []];
  let bytes;
  for (let run = 0; run < RUNS; run += 1) {
    const fresh = await probed(scope, folder);
    const { page } = fresh;
    await slowed(page);
    await page.goto(`${link.url}/#keluarga`, { waitUntil: 'commit' });
    await page.evaluate(() => window.nkProbe.see('[data-testid=pin]'));
    const { seen } = await unlockedUntil(page, '[data-testid=family-row]');
    // From the moment at which the vault is open: the second mark.
    opened.push(seen - await page.evaluate(() => performance.getEntriesByName('nk:usable')[1].startTime));
    await go(page, '#');
    await by(page, 'today').waitFor();
    await settled(page);
    listed.push(await page.evaluate(() => {
      const begun = performance.now();
      location.hash = '#keluarga';
      return window.nkProbe.see('[data-testid=family-row]').then((now) => now - begun);
    }));
    const search = by(page, 'search');
    await search.tap();
    for (const word of ['siti', 'suka', 'budi r', 'dewi']) {
      await search.fill('');
      await settled(page, 60);
      for (const letter of word) {
        await take(page);
        await page.keyboard.type(letter);
        await settled(page, 60);
        const { paint, work } = await take(page);
        paints.push(paint); works.push(work);
      }
    }
    bytes = await memory(page);
    await fresh.close();
  }
  detail.many = { opened: spread(opened), listed: spread(listed), keyWork: spread(works), keyPaint: spread(paints), memory: bytes };
  const raw = (await peerStorage(SAVES)).big ?? {};
  const peer = (value) => (value === undefined ? {} : { peer: { name: 'raw IndexedDB', value } });
  return [
    { what: '10,000 families: first rows after the app is usable', value: median(opened), unit: 'ms', most: 300, ...peer(raw.list), note: `median of ${RUNS}; from nk:usable behind the PIN` },
    { what: '10,000 families: the list opened from Hari ini', value: median(listed), unit: 'ms', most: 300 },
    { what: '10,000 families: a key in the search, work of the page, p95', value: quantile(works, 0.95), unit: 'ms', most: 20, ...peer(raw.search) },
    { what: '10,000 families: a key in the search until painted, median', value: median(paints), unit: 'ms', note: 'waits for a frame, 16 ms at most' },
    { what: '10,000 families: a key in the search until painted, p95', value: quantile(paints, 0.95), unit: 'ms' },
    bytes.wasm === null ? { what: 'memory with 10,000 families', notMeasured: 'the memory of wasm was not found' }
      : { what: 'memory with 10,000 families, JS and wasm', value: (bytes.js + bytes.wasm) / 2 ** 20, unit: 'MiB', most: 64, note: `JS ${(bytes.js / 2 ** 20).toFixed(1)}, wasm ${(bytes.wasm / 2 ** 20).toFixed(1)}; after a search` },
  ];
});

await part(['first visit on a slow link'], async (scope) => {
  const endpoint = await startEndpoint(scope);
  const [painted, usable, down] = [[], [], []];
  for (let run = 0; run < RUNS; run += 1) {
    const link = await countedLink(endpoint.port, SLOW_3G);
    const phone = await probed(scope, profile(scope));
    await slowed(phone.page);
    await phone.page.goto(link.url, { waitUntil: 'commit', timeout: 60_000 });
    usable.push(await phone.page.evaluate(() => window.nkProbe.see('#user')));
    down.push(link.counts.down);
    painted.push(await phone.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime));
    await phone.close();
    await link.close();
  }
  detail.firstVisit = { painted: spread(painted), usable: spread(usable), bytesUntilUsable: spread(down) };
  return [
    { what: 'first visit, 400 kbit/s, 400 ms: first paint', value: median(painted), unit: 'ms', most: 1200, note: `median of ${RUNS}; without TLS` },
    { what: 'first visit, 400 kbit/s, 400 ms: sign-in can be used', value: median(usable), unit: 'ms', most: 5000 },
    { what: 'first visit: bytes until then, both headers and files', value: median(down), unit: 'bytes' },
  ];
});

publish('phone', rows, { slowdown: SLOWDOWN, detail });
