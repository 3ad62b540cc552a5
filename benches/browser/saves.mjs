// Saving one answer after the other: by the app, and straight into IndexedDB with nothing around it.
import { go } from '../../tests/e2e/facilitator.mjs';

/** Answers `count` times, each after the one before is committed: ms of each save, and from the answer's event to its commit. */
export async function sealedSaves(page, count) {
  const kpm = await page.evaluate(() => location.hash.split('/')[1]);
  await go(page, `#keluarga/${kpm}/asesmen/housing`);
  await page.locator('[data-testid^="question:housing."] input[type=radio]').first().waitFor();
  return page.evaluate(async (count) => {
    const radios = [...document.querySelectorAll('[data-testid^="question:housing."] fieldset')]
      .find((set) => set.checkVisibility() && set.querySelectorAll('input[type=radio]').length > 2).querySelectorAll('input[type=radio]');
    const [millis, fromEvent] = [[], []];
    // Told and not looked for: whoever asks again and again keeps a slow processor from saving.
    let told;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'nk:save') told?.(entry);
    }).observe({ type: 'measure' });
    for (let at = 0; at <= count; at += 1) {
      const saved = new Promise((ok) => { told = ok; });
      const begun = performance.now();
      radios[at % 2].click();
      const { startTime, duration } = await saved;
      // The first opens what later ones find open.
      if (at > 0) { millis.push(duration); fromEvent.push(startTime + duration - begun); }
      // What follows an answer, such as the bar, is over before the next one.
      await new Promise((ok) => setTimeout(ok, 200));
    }
    const bytes = await new Promise((ok, fail) => {
      indexedDB.databases().then(async (all) => {
        let largest = 0;
        for (const { name } of all) {
          const db = await new Promise((done, no) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); r.onerror = () => no(r.error); });
          for (const table of db.objectStoreNames) {
            if (!/draft/i.test(table)) continue;
            const values = await new Promise((done, no) => { const r = db.transaction(table).objectStore(table).getAll(); r.onsuccess = () => done(r.result); r.onerror = () => no(r.error); });
            const size = (value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value.byteLength : value && typeof value === 'object' ? Object.values(value).reduce((sum, part) => sum + size(part), 0) : 8);
            largest = Math.max(largest, ...values.map(size));
          }
          db.close();
        }
        ok(largest);
      }, fail);
    });
    return { millis, fromEvent, bytes };
  }, count);
}

/** As many writes of as many bytes, one after the other, each a transaction with strict durability: ms of each. */
export function rawSaves(page, count, bytes) {
  return page.evaluate(async ([count, bytes]) => {
    const done = (request) => new Promise((ok, fail) => { request.onsuccess = () => ok(request.result); request.onerror = () => fail(request.error); });
    const opening = indexedDB.open('raw', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('records');
    const db = await done(opening);
    const millis = [];
    for (let at = 0; at <= count; at += 1) {
      const value = crypto.getRandomValues(new Uint8Array(bytes));
      const begun = performance.now();
      const writing = db.transaction('records', 'readwrite', { durability: 'strict' });
      writing.objectStore('records').put(value, 'one');
      await new Promise((ok, fail) => { writing.oncomplete = ok; writing.onabort = () => fail(writing.error); });
      if (at > 0) millis.push(performance.now() - begun);
      await new Promise((ok) => setTimeout(ok, 200));
    }
    db.close();
    await done(indexedDB.deleteDatabase('raw'));
    return millis;
  }, [count, bytes]);
}
