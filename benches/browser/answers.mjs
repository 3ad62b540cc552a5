// Answering: choices are taps, lists a choice from the keyboard, text and numbers a last key and then leaving the field.
import { go } from '../../tests/e2e/facilitator.mjs';
import { settled, take } from './page.mjs';

const SECTIONS = ['housing', 'assets', 'money', 'business'];

/** Fields of the assessment to answer: where they stand and of which kind, `count` of them over several sections. */
export async function fields(page, kpm, count) {
  await go(page, `#keluarga/${kpm}/asesmen`);
  await page.locator('[data-testid^="section:"]').first().waitFor();
  const sections = await page.locator('[data-testid^="section:"]').evaluateAll((rows) => rows.map((row) => row.dataset.testid.slice('section:'.length)));
  const found = [];
  const wanted = [...sections.filter((id) => SECTIONS.includes(id)), ...sections.filter((id) => !SECTIONS.includes(id))];
  for (const section of wanted) {
    if (found.length >= count) break;
    await go(page, `#keluarga/${kpm}/asesmen/${section}`);
    await page.locator('[data-testid=section], [data-testid=members]').first().waitFor();
    await page.waitForTimeout(200);
    if (await page.getByTestId('members').count()) {
      await page.getByTestId('member-row').last().tap();
      await page.getByTestId('member').waitFor();
    }
    const address = await page.evaluate(() => location.hash);
    const here = await page.locator('[data-testid^="question:"]').evaluateAll((all) => all.filter((question) => question.checkVisibility()).map((question) => {
      const kind = question.querySelector('input[type=radio]') ? 'choice' : question.querySelector('select') ? 'list' : question.querySelector('input[type=checkbox]') ? null : 'typed';
      return { id: question.dataset.testid, kind };
    }).filter(({ kind, id }) => kind && !/date|since|exists|sex|relation/.test(id)));
    found.push(...here.map((field) => ({ ...field, address })));
  }
  return found.slice(0, count);
}

/** A page with nothing but bare native fields of the same mixture. */
export async function bareForm(page, count) {
  const kinds = Array.from({ length: count }, (_, at) => ['choice', 'list', 'typed'][at % 3]);
  await page.evaluate((kinds) => {
    const field = (kind, at) => {
      const id = `question:bare.${at}`;
      if (kind === 'choice') return `<p data-testid="${id}">${at} ${['a', 'b', 'c'].map((v) => `<label><input type="radio" name="${at}" value="${v}"> ${v}</label>`).join(' ')}</p>`;
      if (kind === 'list') return `<p data-testid="${id}"><label>${at} <select>${['a', 'b', 'c'].map((v) => `<option value="${v}">${v}</option>`).join('')}</select></label></p>`;
      return `<p data-testid="${id}"><label>${at} <input inputmode="numeric"></label></p>`;
    };
    document.documentElement.innerHTML = `<head><meta name="viewport" content="width=device-width"></head><body>${kinds.map(field).join('')}</body>`;
  }, kinds);
  return kinds.map((kind, at) => ({ id: `question:bare.${at}`, kind }));
}

/** Answers until `count` fields took one. */
export async function answerFields(page, all, count) {
  const answers = [];
  for (const field of all) {
    if (answers.length === count) break;
    const answered = await answerField(page, field);
    if (answered) answers.push(answered);
  }
  if (answers.length < count) throw new Error(`${answers.length} of ${count} questions could be answered`);
  return answers;
}

/** Gives the field another answer than it has: ms until painted, and of the page's work; the worst event of the answer. */
async function answerField(page, { id, kind, address }) {
  if (address && await page.evaluate(() => location.hash) !== address) await go(page, address);
  const question = page.locator(`[data-testid="${id}"]`);
  await question.waitFor({ state: 'attached' });
  if (address) await settled(page, 100);
  // An answer before may have taken this question away.
  if (!await question.isVisible()) return null;
  await question.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await settled(page, 60);
  await take(page);
  if (kind === 'choice') {
    const radios = question.locator('input[type=radio]');
    const other = (await radios.nth(0).isChecked()) ? 1 : 0;
    await radios.nth(other).locator('xpath=..').tap();
  } else if (kind === 'list') {
    const list = question.locator('select');
    const values = await list.locator('option').evaluateAll((all) => all.filter((option) => !option.disabled && option.value).map((option) => option.value));
    const now = await list.inputValue();
    await list.focus();
    await settled(page);
    await take(page);
    await list.selectOption(values.find((value) => value !== now));
  } else {
    const field = question.locator('input').first();
    const digit = (await field.inputValue()).endsWith('4') ? '5' : '4';
    await field.tap();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('1');
    await settled(page, 60);
    await take(page);
    await page.keyboard.type(digit);
    await settled(page, 60);
    const key = await take(page);
    await page.keyboard.press('Tab');
    await settled(page, 60);
    const left = await take(page);
    return { kind, paint: Math.max(key.paint ?? 0, left.paint ?? 0), work: Math.max(key.work ?? 0, left.work ?? 0) };
  }
  await settled(page, 60);
  const { paint, work } = await take(page);
  if (paint === null) throw new Error(`${id}: no event reached the page`);
  return { kind, paint, work };
}
