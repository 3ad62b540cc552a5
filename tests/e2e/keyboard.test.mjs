// The main job by keyboard alone: where the focus is, that it is seen, and what a screen reader is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client } from './client.mjs';
import { by, PIN, signIn } from './facilitator.mjs';
import { link, openPhone, startEndpoint, temporaryFolder } from './harness.mjs';

/** The element with the focus: what it is, whether it is seen to have it. */
const focus = (page) => page.evaluate(() => {
  const at = document.activeElement;
  const shown = at.closest('.opt') ?? at;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const label = at.closest('label')?.textContent ?? '';
  return {
    tag: at.tagName, id: at.id, test: at.dataset?.testid ?? '', type: at.type ?? '', value: at.value ?? '', name: at.name ?? '',
    words: (at.textContent || label).trim(), checked: at.checked === true, question: at.closest('[data-testid^="question:"]')?.dataset.testid.slice(9) ?? '',
    inDialog: Boolean(at.closest('dialog')), seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
  };
});

/** Tab until the focus is where it is wanted; everywhere on the way it is seen. */
async function tabTo(page, wanted, { most = 200 } = {}) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    if (at.tag !== 'BODY') assert.ok(at.seen, `the focus is seen on ${JSON.stringify(at)}`);
    if (wanted(at)) return at;
  }
  throw new Error('the keyboard does not reach it');
}

/** A new page has come, and the focus stands on its heading. */
const arrived = (page, heading) => page.waitForFunction((words) => {
  const at = document.activeElement;
  return at?.tagName === 'H1' && new RegExp(words).test(at.textContent);
}, heading.source);

const readers = new WeakMap();

/** What a screen reader meets: roles and names, from the browser's own tree. */
async function heard(page) {
  // Kept open: a Chromium that is to forget its tree while the page goes on now and then dies of it.
  const browser = (readers.get(page) ?? readers.set(page, await page.context().newCDPSession(page)).get(page));
  const { nodes } = await browser.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  return nodes.filter((node) => !node.ignored).map((node) => {
    const above = [];
    for (let up = byId.get(node.parentId); up; up = byId.get(up.parentId)) if (!up.ignored) above.push({ role: up.role?.value, name: up.name?.value ?? '' });
    return { role: node.role?.value, name: node.name?.value ?? '', above };
  });
}

const CONTROLS = ['button', 'link', 'textbox', 'searchbox', 'combobox', 'radio', 'checkbox', 'DisclosureTriangle', 'spinbutton'];

/** Every control has a name, and one of several belongs to a group that has the question's words. */
async function controlsAreNamed(page) {
  const tree = await heard(page);
  const controls = tree.filter(({ role }) => CONTROLS.includes(role));
  assert.ok(controls.length > 2);
  assert.deepEqual(controls.filter(({ name }) => !name.trim()), []);
  const grouped = ({ above }) => above.some(({ role, name }) => ['group', 'radiogroup'].includes(role) && name.trim());
  assert.deepEqual(controls.filter((one) => ['radio', 'checkbox'].includes(one.role) && !grouped(one)), []);
  return tree;
}

/** Answers what the focus meets on a page, downwards, until its main action has the focus. */
async function answerDownwards(page, choose) {
  for (;;) {
    const at = await tabTo(page, () => true);
    if (at.test === 'next' || at.test === 'see-result') return;
    if (at.test === 'confirm-page') await page.keyboard.press('Enter');
    const wanted = choose[at.question];
    if (wanted === undefined) continue;
    if (at.type === 'radio' && at.value !== wanted) {
      for (let moves = 0; (await focus(page)).value !== wanted; moves += 1) {
        assert.ok(moves < 12, `arrows reach ${wanted}`);
        await page.keyboard.press('ArrowDown');
      }
    } else if (at.type === 'radio' && !at.checked) await page.keyboard.press('Space');
    else if (at.tag === 'INPUT' && at.type === 'text' && !at.value) await page.keyboard.type(wanted);
    delete choose[at.question];
  }
}

test('the main job is done by keyboard alone, the focus is always seen, and a screen reader is told', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const families = [...(await (await client(endpoint, endpoint.facilitator)).families()).values()];
  const family = families.find((one) => !one.last);
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false, viewport: { width: 1280, height: 800 } });
  const { page } = phone;
  const press = (key) => page.keyboard.press(key);

  await page.goto(signal.url);
  await page.locator('#user').waitFor();
  await tabTo(page, ({ id }) => id === 'user');
  await page.keyboard.type(endpoint.facilitator.user);
  await tabTo(page, ({ id }) => id === 'password');
  await page.keyboard.type(endpoint.facilitator.password);
  await press('Enter');
  await by(page, 'choose-pin').waitFor();
  for (const id of ['pin', 'pin-again']) {
    await tabTo(page, (at) => at.id === id);
    await page.keyboard.type(PIN);
  }
  await press('Enter');
  await arrived(page, /Hari ini/);
  await controlsAreNamed(page);

  await tabTo(page, ({ tag, words }) => tag === 'A' && words === 'Keluarga');
  await press('Enter');
  await arrived(page, /Keluarga/);
  await by(page, 'family-row').first().waitFor();
  await tabTo(page, ({ id }) => id === 'search');
  await page.keyboard.type(family.kk);
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=family-row]').length === 1);
  await controlsAreNamed(page);
  await tabTo(page, ({ test: id }) => id === 'family-row');
  await press('Enter');
  await by(page, 'start-assessment').waitFor();
  await arrived(page, /Contoh/);
  await tabTo(page, ({ test: id }) => id === 'start-assessment');
  await press('Enter');
  await page.waitForURL(/asesmen/);
  await by(page, 'assessment').waitFor();
  await arrived(page, /Asesmen/);

  // A section's questions, its live result, and on by the main action.
  await tabTo(page, ({ test: id }) => id === 'section:housing');
  await press('Enter');
  await by(page, 'question:housing.floor').waitFor();
  await page.locator('.live b:not(:empty)').first().waitFor();
  const tree = await controlsAreNamed(page);
  const questions = await page.locator('[data-testid^="question:"]:visible legend').allTextContents();
  assert.ok(questions.length > 1);
  for (const words of questions) assert.ok(tree.some(({ role, name }) => role === 'group' && name === words), `a group is called ${words}`);
  assert.equal(await page.locator('.live > summary [aria-live=polite]').count(), 1);
  const choose = { 'housing.ownership': 'owned', 'housing.assisted_before': 'false', 'housing.floor_area_m2': '42,5' };
  const before = Object.keys(choose).length;
  await answerDownwards(page, choose);
  assert.ok(Object.keys(choose).length < before, 'something was answered');
  await press('Enter');
  await page.waitForURL(/asesmen\/(?!housing)/);
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');

  // What stands before finishing, by its links.
  for (;;) {
    await page.goBack();
    await by(page, 'assessment').waitFor();
    await tabTo(page, ({ test: id }) => id === 'see-result');
    await press('Enter');
    await by(page, 'result').waitFor();
    await arrived(page, /./);
    if (!(await page.locator('#before a').count())) break;
    await tabTo(page, ({ test: id }) => id === 'finish');
    await press('Enter');
    // The button leads to the list: the focus stands on its first link.
    await page.waitForFunction(() => document.activeElement?.matches('#before a'));
    await press('Enter');
    await page.waitForURL((url) => !url.hash.endsWith('hasil'));
    await by(page, 'confirm-page').waitFor();
    await tabTo(page, ({ test: id }) => id === 'confirm-page');
    await press('Enter');
    await by(page, 'confirm-page').waitFor({ state: 'hidden' });
    await page.goBack();
    await by(page, 'result').waitFor();
  }
  await controlsAreNamed(page);
  await tabTo(page, ({ test: id }) => id === 'finish');
  await press('Enter');
  await arrived(page, /Asesmen selesai/);
  await tabTo(page, ({ tag, words }) => tag === 'A' && /^Kotak keluar/.test(words));
  await press('Enter');
  await arrived(page, /Kotak keluar/);
  await page.locator('[data-testid=sync-state][data-waiting="0"]').waitFor();
  await controlsAreNamed(page);
  assert.deepEqual(phone.faults, []);
});

test('a dialogue keeps the focus inside, Escape closes it and gives the focus back', async (t) => {
  const endpoint = await startEndpoint(t);
  const signal = await link(t, endpoint);
  const phone = await openPhone(t, temporaryFolder('profile'), { isMobile: false });
  const { page } = phone;
  await signIn(page, signal.url, endpoint.facilitator);
  await tabTo(page, ({ tag, words }) => tag === 'A' && words === 'Saya');
  await page.keyboard.press('Enter');
  await arrived(page, /Saya/);
  await tabTo(page, ({ test: id }) => id === 'sign-out');
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog[open]');
  await dialog.waitFor();
  assert.ok((await focus(page)).inDialog);
  const tree = await heard(page);
  assert.ok(tree.some(({ role, name }) => role === 'dialog' && /Keluar dari akun ini/.test(name)));
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    // Between the last and the first lies the browser's own frame.
    assert.ok(at.inDialog || at.tag === 'BODY', JSON.stringify(at));
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await focus(page)).test, 'sign-out');
  assert.deepEqual(phone.faults, []);
});
