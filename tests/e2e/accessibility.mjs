// Whether what stands on the screen can be read and reached: axe, text that is cut, targets for a thumb.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A thumb, in CSS pixels. */
const TARGET = 48;

/** Runs axe; `rules` limits it to some. The policy lets no script tag run, so its text is evaluated from outside. */
async function axe(page, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate((only) => window.axe.run(document, {
    resultTypes: ['violations'],
    ...(only ? { runOnly: { type: 'rule', values: only } } : {}),
  }), rules);
  return found.violations.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => `axe ${id} (${impact}): ${help}: ${node.target} ${node.any[0]?.message ?? ''}`));
}

/** Text that is cut or leaves the screen. What lies in `.live` is a summary: the same words stand whole in what it opens. */
const cutText = (page) => page.evaluate(() => {
  const faults = [];
  const across = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (across > 0) faults.push(`the page scrolls sideways by ${across} px`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const holder = text.parentElement;
    if (!text.data.trim() || !holder.checkVisibility({ visibilityProperty: true }) || holder.closest('.hear, select, .live > summary')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    let block = holder;
    while (block.parentElement && ['inline', 'contents'].includes(getComputedStyle(block).display)) block = block.parentElement;
    const box = block.getBoundingClientRect();
    const style = getComputedStyle(block);
    const clips = style.overflowY !== 'visible' && style.overflowY !== 'auto';
    for (const rect of range.getClientRects()) {
      const outside = rect.left < box.left - 1 || rect.right > box.right + 1 || rect.right > innerWidth + 1 || rect.left < -1;
      if (outside || (clips && (rect.top < box.top - 3 || rect.bottom > box.bottom + 3))) {
        faults.push(`cut: "${text.data.trim().slice(0, 60)}"`);
        break;
      }
    }
  }
  return faults;
});

/** Controls that a thumb misses: the label counts where it is the target. */
const smallTargets = (page) => page.evaluate((least) => [...document.querySelectorAll('a[href], button, summary, select, input')]
  .map((control) => (control.matches('[type=radio], [type=checkbox]') ? control.closest('label') ?? control : control))
  .filter((target) => target.checkVisibility({ visibilityProperty: true }))
  .flatMap((target) => {
    const { width, height } = target.getBoundingClientRect();
    return width >= least && height >= least ? [] : [`small: ${Math.round(width)} x ${Math.round(height)} px: ${(target.textContent || target.id).trim().slice(0, 40)}`];
  }), TARGET);

/** With twice the text size on a narrow phone. */
async function narrowAndLarge(page, check) {
  const usual = page.viewportSize();
  const browser = await page.context().newCDPSession(page);
  try {
    await page.setViewportSize({ width: 320, height: 640 });
    await browser.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    return await check();
  } finally {
    await browser.send('Page.setFontSizes', { fontSizes: { standard: 16, fixed: 13 } });
    await page.setViewportSize(usual);
    await browser.detach();
  }
}

/** Everything that is wrong with the page as it stands, in these colour schemes; nothing is the aim. */
export async function readable(page, { lang = 'id', schemes = ['light', 'dark'] } = {}) {
  const faults = [];
  const add = (more, where = '') => faults.push(...more.map((fault) => where + fault));
  if ((await page.locator('html').getAttribute('lang')) !== lang) faults.push(`<html lang> is not ${lang}`);
  add(await smallTargets(page));
  add(await cutText(page));
  for (const [at, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme });
    // From one scheme to the next, colours change and nothing else.
    add(await axe(page, at > 0 ? ['color-contrast', 'link-in-text-block'] : null), `${colorScheme}: `);
  }
  add(await narrowAndLarge(page, () => cutText(page)), 'twice the text at 320 px: ');
  return faults;
}
