// The same families in Chromium, by the wasm that is compiled and optimised as the app's is.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { mean, median, quantile } from '../report.mjs';

const PAGE = '<!doctype html><title>rules</title>';

/** Microseconds a family, decided and explained, on a processor that is slowed `slowdown` times. Compared first. */
export async function inBrowser({ folder, pack, vectors, slowdowns = [1, 6] }) {
  const files = { '/': ['text/html', PAGE], '/rules.js': ['text/javascript', readFileSync(join(folder, 'rules_in_wasm.js'))], '/rules.wasm': ['application/wasm', readFileSync(join(folder, 'rules_in_wasm_bg.wasm'))],
    '/pack': ['application/octet-stream', readFileSync(pack)], '/families': ['text/plain', readFileSync(vectors)] };
  // Isolated from other origins, so that the clock tells five microseconds.
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  const server = createServer((request, response) => {
    const file = files[request.url];
    response.writeHead(file ? 200 : 404, { ...isolated, 'content-type': file?.[0] ?? 'text/plain' });
    response.end(file?.[1] ?? '');
  });
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const { families, differing, isolated: precise } = await page.evaluate(async () => {
      const { default: init, Rules } = await import('/rules.js');
      await init({ module_or_path: '/rules.wasm' });
      const [pack, text] = await Promise.all([fetch('/pack').then((r) => r.arrayBuffer()), fetch('/families').then((r) => r.text())]);
      window.rules = new Rules(new Uint8Array(pack), text);
      return { families: window.rules.families(), differing: window.rules.differing(), isolated: window.crossOriginIsolated };
    });
    if (differing !== 0) throw new Error(`wasm decides ${differing} of ${families} families otherwise than the native build`);
    if (!precise) throw new Error('the page is not isolated: its clock would be too coarse');
    const session = await page.context().newCDPSession(page);
    const found = { families };
    for (const slowdown of slowdowns) {
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      for (const what of ['decide', 'explain']) {
        const micros = await page.evaluate(([what, slowdown]) => {
          const rules = window.rules;
          const [times, rounds] = slowdown > 1 ? [10, 3] : [10, 7];
          for (let at = 0; at < rules.families(); at += 1) rules[what](at, 3); // the compiler of the browser has seen it
          return Array.from({ length: rules.families() }, (_, at) => {
            let least = Infinity;
            for (let round = 0; round < rounds; round += 1) {
              const begun = performance.now();
              rules[what](at, times);
              least = Math.min(least, (performance.now() - begun) * 1000 / times);
            }
            return least;
          });
        }, [what, slowdown]);
        found[`${what}_${slowdown}x_us`] = { median: median(micros), p95: quantile(micros, 0.95), mean: mean(micros), max: Math.max(...micros), samples: micros.length };
      }
    }
    return found;
  } finally {
    await browser.close();
    server.close();
  }
}
