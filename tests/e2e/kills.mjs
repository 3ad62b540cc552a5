// A phone whose page, or whole browser, dies at any moment; and what a person sees of an assessment afterwards.
import { readFileSync, readdirSync } from 'node:fs';
import { openPhone, PATIENCE } from './harness.mjs';

/** Chances that come again with their seed (mulberry32): numbers from 0 up to `below`. */
export function chances(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The main process of the browser that runs on this profile; none where it does not run. */
function processOf(profile) {
  const of = (id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    } catch {
      return []; // it has ended in between
    }
  };
  return readdirSync('/proc').filter((id) => /^\d+$/.test(id)).map(Number)
    .find((id) => of(id).includes(`--user-data-dir=${profile}`) && !of(id).some((part) => part.startsWith('--type=')));
}

/** A phone that can die, and be opened again on what lies on its disk. */
export async function mortalPhone(t, profile) {
  const phone = { profile, page: null };
  let open = null;
  let waiting = null;
  const start = async () => {
    open = await openPhone(t, profile);
    // What the app says of a save it says behind the commit.
    await open.context.exposeBinding('nkSaved', () => waiting?.ok());
    await open.context.addInitScript(() => new PerformanceObserver((all) => {
      for (const entry of all.getEntries()) if (entry.name === 'nk:save') window.nkSaved();
    }).observe({ type: 'measure' }));
    phone.page = open.page;
    phone.context = open.context;
  };
  /** Resolves when the app has said that something is saved; fails with the browser. To be asked for before that can be. */
  phone.nextSave = () => {
    const save = new Promise((ok, fail) => { waiting = { ok, fail }; });
    save.catch(() => {}); // nobody may be waiting any more
    return save;
  };
  /** Kills the page's process and opens a page in a new one. */
  phone.killPage = async () => {
    const { page } = phone;
    const gone = page.waitForEvent('crash');
    const devtools = await phone.context.newCDPSession(page);
    devtools.send('Page.crash').catch(() => {}); // nobody is left to answer
    await gone;
    phone.page = await phone.context.newPage();
    phone.page.setDefaultTimeout(PATIENCE);
    await page.close();
  };
  /** Kills the browser, every process of it, and starts it anew. */
  phone.killBrowser = async () => {
    const gone = new Promise((ok) => { open.context.once('close', ok); });
    process.kill(-processOf(profile), 'SIGKILL');
    await gone;
    waiting?.fail(new Error('the browser was killed'));
    await start();
  };
  await start();
  return phone;
}

/** A value as it is compared: letters and digits alone, for spaces and points are drawn by the app. */
export const plain = (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('') : String(value).replace(/[^\p{L}\p{N}_]/gu, ''));

/** What stands in each question on the screen, by its path. */
export async function standing(page) {
  const read = await page.locator('[data-testid^="question:"]').evaluateAll((all) => all.filter((question) => question.checkVisibility()).map((question) => {
    const field = question.querySelector('input:checked, select, input:not([type=radio], [type=checkbox])');
    return [question.dataset.testid.slice('question:'.length), question.querySelector('[type=checkbox]') ? 'set' : 'one', field?.value ?? ''];
  }));
  return Object.fromEntries(read.map(([path, kind, value]) => [path, { kind, value: plain(value) }]));
}
