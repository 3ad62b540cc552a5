// A battery that dies, a phone that clears its memory: the page, or the whole browser, is killed in the middle of an
// assessment. At most the answer that was being given is lost, what was said to be saved is there, and a finished
// assessment reaches the server once. Chances come from a seed that is printed: NK_SEED=<seed> tries the same again.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { client, metrics } from './client.mjs';
import { answer, begin, by, finishAsItIs, go, installed, outboxSays, sectionsOf, signIn, unlock, valueAt } from './facilitator.mjs';
import { link, startEndpoint, temporaryFolder } from './harness.mjs';
import { fourAndABusiness } from './households.mjs';
import { chances, mortalPhone, plain, standing } from './kills.mjs';

const SEED = Number(process.env.NK_SEED ?? randomInt(2 ** 31));
const PAGE_KILLS = 60;
const BROWSER_KILLS = Number(process.env.NK_KILLS ?? 20);
/** Opening takes about so long, and answering one page; in milliseconds. Kills fall anywhere within. */
const OPENING = 600;
const ANSWERING = 500;
/** A page of the assessment; of a child some have nothing to ask. */
const A_PAGE = '[data-testid=member], [data-testid=section], [data-testid=assessment]';

/** A phone without signal, and families to assess on it. */
async function ready(t) {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()].filter((family) => !family.last);
  const phone = await mortalPhone(t, temporaryFolder('profile'));
  await signIn(phone.page, signal.url, endpoint.facilitator);
  await installed(phone.page);
  await signal.cut();
  return { endpoint, signal, families, phone, finished: 0 };
}

/** Where questions stand: each section, of each member where it is about members. */
async function pagesOf(page, kpm) {
  const found = [];
  for (const section of await sectionsOf(page, kpm)) {
    await go(page, `#keluarga/${kpm}/asesmen/${section}`);
    await page.locator('[data-testid=members], [data-testid=section]').first().waitFor();
    const members = await page.locator('[data-testid=member-row]').evaluateAll((rows) => rows.map((row) => (row.closest('a') ?? row).getAttribute('href')));
    found.push(...(members.length ? members : [`#keluarga/${kpm}/asesmen/${section}`]));
  }
  return found;
}

/** An assessment as the person remembers it. */
async function beginAnother(walk) {
  const { page } = walk.phone;
  const kpm = await begin(page, walk.families[walk.finished]);
  const pages = await pagesOf(page, kpm);
  await page.goto('about:blank');
  return { kpm, pages, at: 0, household: fourAndABusiness(), saved: new Map(), giving: null };
}

async function open({ phone: { page }, signal }, { kpm }) {
  await page.goto(`${signal.url}/#keluarga/${kpm}/asesmen/lanjut`);
  await unlock(page);
  await page.locator(A_PAGE).first().waitFor();
}

/** What was said to be saved stands there; of the answer that was being given it is seen which way it went. */
function compare(work, stands) {
  for (const [path, { value }] of Object.entries(stands)) {
    if (work.giving?.path === path) {
      assert.ok([work.giving.value, work.giving.before].includes(value), `${path} was being answered, and is now ${value}; seed ${SEED}`);
      if (value === work.giving.value) work.saved.set(path, value);
    } else if (work.saved.has(path)) {
      assert.equal(value, work.saved.get(path), `${path} was said to be saved; seed ${SEED}`);
    }
  }
}

/** Gives the next answer; false where none is left. With `unsure` it is not waited for the word that it is saved. */
async function giveOne({ phone }, work, { unsure = false } = {}) {
  for (; work.at < work.pages.length; work.at += 1) {
    const { page } = phone;
    await go(page, work.pages[work.at]);
    await page.locator(A_PAGE).first().waitFor();
    const stands = await standing(page);
    const next = Object.entries(stands).find(([path, { kind, value }]) => {
      const wanted = valueAt(work.household, path);
      return kind === 'one' && wanted !== undefined && wanted !== null && !work.saved.has(path) && plain(wanted) !== value;
    });
    if (!next) continue;
    const [path, { value: before }] = next;
    work.giving = { path, before, value: plain(valueAt(work.household, path)) };
    const saved = phone.nextSave();
    await answer(page, path, valueAt(work.household, path));
    if (unsure) return true;
    await saved;
    work.saved.set(path, work.giving.value);
    work.giving = null;
    return true;
  }
  return false;
}

/** Everything that was said to be saved, page by page. */
async function compareAll({ phone: { page } }, work) {
  const seen = new Set();
  for (const address of work.pages) {
    await go(page, address);
    await page.locator(A_PAGE).first().waitFor();
    const stands = await standing(page);
    compare(work, stands);
    for (const path of Object.keys(stands)) seen.add(path);
  }
  assert.deepEqual([...work.saved.keys()].filter((path) => !seen.has(path)), [], `seed ${SEED}`);
}

/** The assessment is finished in the moment of a kill: it is finished, or the draft is still there. Never both, never neither. */
async function finish(walk, work, kill) {
  await finishAsItIs(walk.phone.page, work.kpm, kill);
  await walk.phone.page.goto(`${walk.signal.url}/#keluarga/${work.kpm}`);
  await unlock(walk.phone.page);
  await by(walk.phone.page, 'family').waitFor();
  const { page } = walk.phone;
  await by(page, 'start-assessment').waitFor();
  await go(page, `#keluarga/${work.kpm}/asesmen`);
  await by(page, 'assessment').or(page.getByText('Asesmen ini sudah selesai atau dibuang')).first().waitFor();
  if (await by(page, 'assessment').count()) await finishAsItIs(page, work.kpm);
  walk.finished += 1;
  await outboxSays(page, { waiting: walk.finished });
}

async function allArrives({ endpoint, signal, phone: { page }, finished }) {
  await signal.restore();
  await go(page, '#kotak-keluar');
  await by(page, 'sync-now').tap();
  await outboxSays(page, { waiting: 0 });
  assert.equal((await metrics(endpoint))['naik_kelas_entries_total{outcome="accepted"}'], finished);
}

async function pageKills(t) {
  const chance = chances(SEED);
  const walk = await ready(t);
  const work = await beginAnother(walk);
  await open(walk, work);
  for (let kill = 0; kill < PAGE_KILLS; kill += 1) {
    assert.ok(await giveOne(walk, work, { unsure: chance(2) === 0 }), 'there are answers left');
    await walk.phone.killPage();
    await open(walk, work);
    compare(work, await standing(walk.phone.page));
  }
  await compareAll(walk, work);
  await finish(walk, work, walk.phone.killPage);
  await allArrives(walk);
}

async function browserKills(t) {
  const chance = chances(SEED + 1);
  const walk = await ready(t);
  let work = await beginAnother(walk);
  for (let kill = 0; kill < BROWSER_KILLS; kill += 1) {
    await killedSomewhere(walk, work, chance);
    if (work.at < work.pages.length) continue;
    await open(walk, work);
    await compareAll(walk, work);
    await finish(walk, work, walk.phone.killBrowser);
    work = await beginAnother(walk);
  }
  await open(walk, work);
  await compareAll(walk, work);
  await finish(walk, work, walk.phone.killBrowser);
  await allArrives(walk);
}

/** One life of the browser, which ends at a moment of its opening, or of answering. */
async function killedSomewhere(walk, work, chance) {
  const early = chance(4) === 0;
  const delay = chance(early ? OPENING : ANSWERING);
  let dying = false;
  let answering;
  const opened = new Promise((ok) => { answering = ok; });
  const life = (async () => {
    if (early) answering();
    await open(walk, work);
    compare(work, await standing(walk.phone.page));
    answering();
    while (await giveOne(walk, work));
  })().catch((fault) => { if (!dying) throw fault; });
  await Promise.race([life, opened.then(() => new Promise((ok) => { setTimeout(ok, delay); }))]);
  dying = true;
  await walk.phone.killBrowser();
  await life;
}

test('an assessment in the middle of kills', { concurrency: 2 }, async (t) => {
  t.diagnostic(`NK_SEED=${SEED}`);
  await Promise.all([
    t.test(`the page is killed after each of ${PAGE_KILLS} answers`, pageKills),
    t.test(`the browser is killed at ${BROWSER_KILLS} moments`, browserKills),
  ]);
});
