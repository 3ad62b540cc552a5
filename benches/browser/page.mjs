// What is measured inside a page, and how the processor of a phone is imitated.
import { median, quantile } from '../report.mjs';

/** A phone of 2 GB is about six times slower than the machine of a developer. */
export const SLOWDOWN = 6;

/** Slows the main thread of a page: not workers, not the process that holds IndexedDB, not the disk. */
export async function slowed(page, rate = SLOWDOWN) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  return session;
}

/** For `addInitScript`: event to paint, the memory of wasm, and when a selector is first painted. */
export const PROBE = `(() => {
  const afterPaint = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(0);
  });
  const probe = { waiting: 0, paints: [], works: [], painted: {}, memory: null };
  for (const type of ['click', 'keydown', 'input', 'change']) {
    let begun = 0;
    addEventListener(type, (event) => {
      begun = performance.now();
      probe.waiting += 1;
      afterPaint((now) => { probe.paints.push(now - event.timeStamp); probe.waiting -= 1; });
    }, { capture: true, passive: true });
    // The last to hear of it: everything that the page does at once is done.
    addEventListener(type, () => probe.works.push(performance.now() - begun), { passive: true });
  }
  /** Worst of the events since the last call: until painted, and work of the page. */
  probe.take = () => {
    const worst = (all) => (all.length ? Math.max(...all) : null);
    const taken = { paint: worst(probe.paints), work: worst(probe.works) };
    probe.paints = []; probe.works = [];
    return taken;
  };
  /** When something that the selector finds is visible and painted, by the page's clock. */
  probe.see = (selector) => new Promise((ok) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (found && found.getClientRects().length) afterPaint(ok); else requestAnimationFrame(look);
    };
    look();
  });
  probe.watch = (selector) => probe.see(selector).then((now) => { probe.painted[selector] = now; });
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      probe.memory = (made.instance ?? made).exports.memory ?? null;
      return made;
    };
  }
  window.nkProbe = probe;
})()`;

/** Every event was painted and a moment without work has passed. */
export async function settled(page, ms = 25) {
  await page.waitForFunction(() => window.nkProbe.waiting === 0, null, { polling: 'raf', timeout: 60_000 });
  await page.waitForTimeout(ms);
}

export const take = (page) => page.evaluate(() => window.nkProbe.take());

/** Middle, 95th percentile, worst, and how many. */
export const spread = (figures) => ({ median: median(figures), p95: quantile(figures, 0.95), max: Math.max(...figures), min: Math.min(...figures), samples: figures.length });

/** Durations of a `performance.measure`. */
export const measured = (page, name) => page.evaluate((name) => performance.getEntriesByName(name).map(({ duration }) => duration), name);

/** Bytes of live JavaScript objects after a collection, and of wasm's memory. */
export async function memory(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const wasm = await page.evaluate(() => window.nkProbe.memory?.buffer.byteLength ?? null);
  return { js: usedSize, wasm };
}
