// Things of a bench that are given back at its end, whatever happened.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPhone, startEndpoint } from '../../tests/e2e/harness.mjs';
import { by, installed, PIN, signIn } from '../../tests/e2e/facilitator.mjs';
import { countedLink } from './link.mjs';
import { PROBE } from './page.mjs';

/** Does some work with a scope like a test's: what it opens is closed in the end. */
export async function within(work) {
  const endings = [];
  const scope = { after: (ending) => endings.push(ending) };
  try {
    return await work(scope);
  } finally {
    for (const ending of endings.reverse()) await ending();
  }
}

export function profile(scope) {
  const folder = mkdtempSync(join(tmpdir(), 'naik-kelas-bench-'));
  scope.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/** A phone with the probe in every page. */
export async function probed(scope, folder) {
  const phone = await openPhone(scope, folder);
  await phone.context.addInitScript(PROBE);
  return phone;
}

/** Types the PIN; when its button was pressed, and when something behind it was painted, in ms of the page. */
export async function unlockedUntil(page, selector) {
  await by(page, 'pin').fill(PIN);
  return page.evaluate((wanted) => {
    const begun = performance.now();
    document.querySelector('[data-testid=pin-go]').click();
    return window.nkProbe.see(wanted).then((seen) => ({ begun, seen }));
  }, selector);
}

/** An endpoint whose facilitators hold so many families, and a phone that has received them and starts without signal. */
export async function readyPhone(scope, families) {
  const endpoint = await startEndpoint(scope, { more: ['--families-each', String(families)] });
  const link = await countedLink(endpoint.port);
  scope.after(() => link.close());
  const folder = profile(scope);
  const phone = await probed(scope, folder);
  phone.page.setDefaultTimeout(300_000);
  await signIn(phone.page, link.url, endpoint.facilitator);
  await installed(phone.page);
  await phone.page.evaluate(() => { location.hash = '#keluarga'; });
  // The caseload is whole when the list counts as many as the facilitator holds.
  await phone.page.waitForFunction((count) => {
    const note = document.querySelector('[data-testid=caseload] [role=status]');
    return note && Number(note.textContent.replace(/\D/g, '')) === count;
  }, families, { polling: 200 });
  await link.quiet();
  return { endpoint, link, folder, phone };
}
