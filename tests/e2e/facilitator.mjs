// What a facilitator does, in the words of the page: sign in, open a family, answer, finish.
import assert from 'node:assert/strict';

export const by = (page, id) => page.getByTestId(id);

/** What everybody here chooses. */
export const PIN = '482915';

/** Signs in, and chooses the PIN where there is none yet. */
export async function signIn(page, url, account, pin = PIN) {
  await page.goto(url);
  await by(page, 'unlock').or(page.locator('#user')).first().waitFor();
  if (await by(page, 'unlock').count()) await by(page, 'other-person').tap();
  await enterPassword(page, account);
  await by(page, 'choose-pin').or(by(page, 'today')).first().waitFor();
  if (await by(page, 'choose-pin').count()) await choosePin(page, pin);
  await by(page, 'today').waitFor();
}

export async function enterPassword(page, { user, password }) {
  await page.locator('#user').fill(user);
  await page.locator('#password').fill(password);
  await page.locator('form:has(#password) button[type=submit]').tap();
}

export async function choosePin(page, pin = PIN) {
  await by(page, 'pin').fill(pin);
  await by(page, 'pin-again').fill(pin);
  await by(page, 'pin-go').tap();
}

/** Types the PIN and lets it open, wherever that leads. */
export async function unlock(page, pin = PIN) {
  await by(page, 'unlock').waitFor();
  await by(page, 'pin').fill(pin);
  await by(page, 'pin-go').tap();
  await by(page, 'unlock').waitFor({ state: 'detached' });
}

/** The release is kept whole: from here on the app starts without signal. */
export async function installed(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(async () => {
    const release = document.querySelector('meta[name=nk-release]')?.content;
    const names = await caches.keys();
    const name = names.find((known) => release && known.includes(release));
    return Boolean(name && await (await caches.open(name)).match('/index.html'));
  });
}

export const go = (page, address) => page.evaluate((to) => { location.hash = to; }, address);

export async function findFamily(page, text) {
  await go(page, '#keluarga');
  await by(page, 'search').fill(text);
  const row = by(page, 'family-row').first();
  await row.waitFor();
  await row.tap();
  await by(page, 'family').waitFor();
  return page.evaluate(() => location.hash.split('/')[1]);
}

const dayAsSpoken = (iso) => iso.split('-').reverse().join('-');

/** Answers the question of that path, as a person would: a tap, a choice from a list, keys. `null` = tidak tahu. */
export async function answer(page, path, value) {
  const question = by(page, `question:${path}`);
  if (!(await question.isVisible())) return false;
  const radio = question.locator('input[type=radio]');
  if (await radio.count()) {
    await question.locator(`input[type=radio][value="${value ?? 'unknown'}"]`).locator('xpath=..').tap();
    return true;
  }
  const list = question.locator('select');
  if (await list.count()) {
    await list.selectOption(value === null ? 'unknown' : String(value));
    return true;
  }
  if (await question.locator('input[type=checkbox]').count()) {
    for (const code of value ?? []) await question.locator(`input[type=checkbox][value="${code}"]`).locator('xpath=..').tap();
    return true;
  }
  if (value === null) {
    await question.getByRole('button', { name: /tidak tahu|don.t know/i }).tap();
    return true;
  }
  const field = question.locator('input').first();
  const text = typeof value === 'number' && !Number.isInteger(value) ? String(value).replace('.', ',') : String(value);
  await field.fill(/^\d{4}-\d{2}-\d{2}$/.test(text) ? dayAsSpoken(text) : text);
  await field.blur();
  return true;
}

/** The value at a path of a household of `household.schema.json`; `undefined` where it says nothing. */
export const valueAt = (household, path) => path.split('.').reduce((value, key) => value?.[key], household);

/** Answers every question of the page that is open, from a household. Questions that appear on the way are answered too. */
export async function answerPage(page, household) {
  for (let again = true; again;) {
    again = false;
    const paths = await page.locator('[data-testid^="question:"]').evaluateAll((all) => all
      .filter((q) => q.checkVisibility() && !q.dataset.walked)
      .map((q) => { q.dataset.walked = 'yes'; return q.dataset.testid.slice('question:'.length); }));
    for (const path of paths) {
      const value = valueAt(household, path);
      if (value === undefined) continue;
      await answer(page, path, value);
      again = true;
    }
  }
  // What was known before and is still the same wants one tap.
  const same = page.locator('[data-testid=confirm]:visible');
  while (await same.count()) await same.first().tap();
}

export async function openSection(page, kpm, section) {
  await go(page, `#keluarga/${kpm}/asesmen/${section}`);
  // What asks for a question that is not drawn yet would find none, and go on without having answered it.
  await page.locator('[data-testid=members], [data-testid=section]').first().waitFor();
}

/** The ids of the assessment's sections, in their order. */
export async function sectionsOf(page, kpm) {
  await go(page, `#keluarga/${kpm}/asesmen`);
  await by(page, 'assessment').waitFor();
  const sections = await page.locator('[data-testid^="section:"]').evaluateAll((rows) => rows.map((row) => row.dataset.testid.slice('section:'.length)));
  assert.ok(sections.length >= 8, `sections: ${sections}`);
  return sections;
}

/** Every section of the assessment, every member of a roster. */
export async function answerAll(page, kpm, household, { skip = [] } = {}) {
  const sections = await sectionsOf(page, kpm);
  for (const section of sections.filter((id) => !skip.includes(id))) {
    await go(page, `#keluarga/${kpm}/asesmen`);
    await by(page, 'assessment').waitFor();
    await by(page, `section:${section}`).tap();
    await page.locator('[data-testid=members], [data-testid=section]').first().waitFor();
    if (await by(page, 'members').count()) {
      const members = await by(page, 'member-row').count();
      for (let at = 0; at < members; at += 1) {
        await by(page, 'member-row').nth(at).tap();
        await by(page, 'member').waitFor();
        await answerPage(page, household);
        await page.goBack();
        await by(page, 'members').waitFor();
      }
    } else {
      await answerPage(page, household);
    }
  }
}

/** Begins the assessment of a family, found by its KK; gives the family's id. */
export async function begin(page, family) {
  const kpm = await findFamily(page, family.kk);
  await by(page, 'start-assessment').tap();
  await page.waitForURL(/asesmen/);
  return kpm;
}

/** Finishes with what is known: only what stands in the way is confirmed, page by page. `instead` = of waiting until it is. */
export async function finishAsItIs(page, kpm, instead) {
  for (;;) {
    await go(page, `#keluarga/${kpm}/asesmen/hasil`);
    await by(page, 'result').waitFor();
    const first = page.locator('#before a').first();
    if (!(await first.count())) break;
    await first.tap();
    await page.waitForURL((url) => !url.hash.endsWith('hasil'));
    await by(page, 'confirm-page').tap();
    await by(page, 'confirm-page').waitFor({ state: 'hidden' });
  }
  await by(page, 'finish').tap();
  await (instead?.() ?? page.waitForURL(/selesai/));
}

export async function signOut(page) {
  await go(page, '#saya');
  await by(page, 'sign-out').tap();
  await page.locator('dialog[open]').getByTestId('yes').tap();
  await by(page, 'unlock').waitFor();
}

export async function syncState(page) {
  await go(page, '#kotak-keluar');
  const state = by(page, 'sync-state');
  await state.waitFor();
  return { waiting: await state.getAttribute('data-waiting'), refused: await state.getAttribute('data-refused'), last: await state.getAttribute('data-last') };
}

/** Waits until the outbox says so many wait and so many are refused. */
export async function outboxSays(page, { waiting, refused = 0 }) {
  await go(page, '#kotak-keluar');
  await page.locator(`[data-testid=sync-state][data-waiting="${waiting}"][data-refused="${refused}"]`).waitFor();
}
