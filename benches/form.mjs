// `cargo xtask bench form`: answering in an assessment of fifteen people, on a processor that is slowed six times, beside
// bare native fields in the same harness and, with the peers, beside Enketo.
import { answer, answerAll, by, begin, go } from '../tests/e2e/facilitator.mjs';
import { client } from '../tests/e2e/client.mjs';
import { fourAndABusiness } from '../tests/e2e/households.mjs';
import { readyPhone, unlockedUntil, within } from './browser/bench.mjs';
import { answerFields, bareForm, fields } from './browser/answers.mjs';
import { peerForm, noPeers } from './browser/peers.mjs';
import { measured, settled, SLOWDOWN, slowed, spread } from './browser/page.mjs';
import { median, publish, quantile, say } from './report.mjs';

const RUNS = 3;
const MEMBERS = 15;
const ANSWERS = 50;

/** Fifteen people: the four of the walks, and their like. */
function fifteen(family) {
  const household = { ...fourAndABusiness(), village: family.village };
  const [adult, , pupil, child] = household.members;
  while (household.members.length < MEMBERS) {
    const at = household.members.length;
    const like = [pupil, child, adult][at % 3];
    household.members.push({ ...like, member_id: String(at), name: `Anggota ${at} Contoh`, relation: like === adult ? 'other' : 'child' });
  }
  return household;
}

async function addMembers(page, kpm, household) {
  await go(page, `#keluarga/${kpm}/asesmen/members`);
  await by(page, 'members').waitFor();
  for (let have = await by(page, 'member-row').count(); have < MEMBERS; have += 1) {
    await by(page, 'add-member').tap();
    await by(page, 'member').waitFor();
    const id = await page.locator('[data-testid^="question:members."]').first().getAttribute('data-testid');
    const at = Number(id.split('.')[1]);
    for (const fact of ['name', 'sex', 'birth_date', 'relation']) await answer(page, `members.${at}.${fact}`, household.members[at][fact]);
    await page.goBack();
    await by(page, 'members').waitFor();
  }
}

const results = await within(async (scope) => {
  const { endpoint, link, phone: { page } } = await readyPhone(scope, 30);
  const families = await (await client(endpoint, endpoint.facilitator)).families();
  const family = [...families.values()].find((one) => !one.last && one.roster.filter((member) => member.left === null).length === 4);
  const household = fifteen(family);
  page.setDefaultTimeout(60_000);
  const kpm = await begin(page, family);
  await addMembers(page, kpm, household);
  say('fifteen people are in the family');
  await answerAll(page, kpm, household);
  say('everything is answered');
  await page.waitForFunction(() => performance.getEntriesByName('nk:save').length > 0);
  await slowed(page);
  await page.evaluate(() => performance.clearMeasures());
  const found = { paints: [], works: [], opens: [], loads: [], adds: [], bare: [] };
  for (let run = 0; run < RUNS; run += 1) {
    const answers = await answerFields(page, await fields(page, kpm, 2 * ANSWERS), ANSWERS);
    found.paints.push(answers.map(({ paint }) => paint));
    found.works.push(answers.map(({ work }) => work));
    found.opens.push(await opened(page, kpm));
    found.adds.push(await added(page, kpm));
    say(`run ${run + 1}: median ${median(found.paints.at(-1)).toFixed(0)} ms, open ${found.opens.at(-1).toFixed(0)} ms, add ${found.adds.at(-1).toFixed(0)} ms`);
    // Bare fields of the same kinds, in a page of the same origin without anything else.
    const plain = await page.context().newPage();
    await slowed(plain);
    await plain.goto(`${link.url}/health`);
    const bare = await answerFields(plain, await bareForm(plain, ANSWERS), ANSWERS);
    found.bare.push(bare.map(({ paint }) => paint));
    await plain.close();
  }
  found.decide = await measured(page, 'nk:decide');
  // One page at a time has the record.
  await go(page, '#');
  await by(page, 'today').waitFor();
  for (let run = 0; run < RUNS; run += 1) {
    const fresh = await page.context().newPage();
    await slowed(fresh);
    await fresh.goto(`${link.url}/#keluarga/${kpm}/asesmen/housing`, { waitUntil: 'commit' });
    const locked = await fresh.evaluate(() => window.nkProbe.see('[data-testid=pin]'));
    const { begun, seen } = await unlockedUntil(fresh, '[data-testid="question:housing.floor"]');
    // Without the typing of the PIN.
    found.loads.push(locked + seen - begun);
    await fresh.close();
  }
  return found;
});

/** From the family's page: the tap until the filled record is painted. */
async function opened(page, kpm) {
  await go(page, `#keluarga/${kpm}`);
  await by(page, 'family').waitFor();
  await by(page, 'start-assessment').waitFor();
  await settled(page, 300);
  await page.evaluate(() => {
    window.nkOpened = new Promise((ok) => addEventListener('click', (event) => {
      window.nkProbe.see('[data-testid^="question:"], [data-testid=members], [data-testid=assessment]').then((now) => ok(now - event.timeStamp));
    }, { capture: true, once: true }));
  });
  await by(page, 'start-assessment').tap();
  return page.evaluate(() => window.nkOpened);
}

/** The tap on *add* until the new member's first question is painted; the empty member is forgotten on the way back. */
async function added(page, kpm) {
  await go(page, `#keluarga/${kpm}/asesmen/members`);
  await by(page, 'members').waitFor();
  await settled(page, 300);
  await page.evaluate(() => {
    window.nkAdded = new Promise((ok) => addEventListener('click', (event) => {
      window.nkProbe.see('[data-testid=member] [data-testid^="question:"]').then((now) => ok(now - event.timeStamp));
    }, { capture: true, once: true }));
  });
  await by(page, 'add-member').tap();
  const took = await page.evaluate(() => window.nkAdded);
  await page.goBack();
  await by(page, 'members').waitFor();
  await settled(page, 300);
  return took;
}

const of = (all, part) => median(all.map((run) => quantile(run, part)));
const peers = peerForm();
const enketo = peers?.['15'];
const bare = (part) => ({ name: 'bare fields', value: of(results.bare, part) });
const beside = (value) => (value === undefined ? {} : { peer: { name: 'Enketo', value } });
const unit = 'ms';
const rows = [];
for (const [name, part, theirs] of [['median', 0.5, enketo?.answer_median_ms.median], ['p95', 0.95, enketo?.answer_p95_ms.median]]) {
  const value = of(results.paints, part);
  rows.push({ what: `answer until painted, ${MEMBERS} people, ${name}`, value, unit, timesPeerAtMost: 1.3, peer: bare(part), note: `${ANSWERS} answers, ${RUNS} runs` });
  rows.push(theirs === undefined ? { what: `answer until painted, ${name}, beside Enketo`, notMeasured: noPeers } : { what: `answer until painted, ${name}, beside Enketo`, value, unit, timesPeerAtMost: 0.5, ...beside(theirs) });
}
rows.push(
  { what: 'work of the page at an answer, median', value: of(results.works, 0.5), unit },
  { what: 'all decisions evaluated again (nk:decide), median', value: median(results.decide), unit },
  { what: 'all decisions evaluated again (nk:decide), p95', value: quantile(results.decide, 0.95), unit },
  { what: 'a record of 15 opened from the family, until painted', value: median(results.opens), unit, most: 600 },
  { what: 'a record of 15 opened by loading the app', value: median(results.loads), unit, ...beside(enketo?.open_record_ms.median) },
  { what: 'a member added, until the first question is painted', value: median(results.adds), unit, most: 150, ...beside(enketo?.add_member_ms.median) },
);
if (peers?.floor) rows.push({ what: "bare fields beside the peers' own", value: of(results.bare, 0.5), unit, peer: { name: 'their floor', value: peers.floor.answer_median_ms.median } });
publish('form', rows, { slowdown: SLOWDOWN, detail: { paints: results.paints.map(spread), bare: results.bare.map(spread), decide: spread(results.decide), opens: results.opens, loads: results.loads, adds: results.adds, peers } });
