// What every walk needs: an endpoint with a practice district of its own, a link that can be cut,
// and a phone (Debian's Chromium, 360 x 640, touch) whose profile stays on disk between processes.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const BIN = process.env.NK_BIN ?? 'target/release/naik-kelas';
export const DIST = process.env.NK_DIST ?? 'dist';
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

// Each commit waits for the disk, and on one that others write to, as compilers do, for seconds. Memory outlives a killed
// process as well; where it is scarce, as /dev/shm of a container often is, the disk it is.
const inMemory = () => {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 2 ** 31;
  } catch {
    return false;
  }
};
const PLACE = process.env.TMPDIR === undefined && inMemory() ? '/dev/shm' : tmpdir();

const folders = [];
// At the very end: a browser that is still closing writes into its profile.
process.once('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })));

/** A folder that is gone after the tests. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(PLACE, `naik-kelas-${name}-`));
  folders.push(folder);
  return folder;
}

async function freePort() {
  const server = net.createServer();
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  const { port } = server.address();
  await new Promise((ok) => server.close(ok));
  return port;
}

/** Runs the command to its end, as whoever looks after the server does; gives what it printed. */
export function command(...parts) {
  const run = spawnSync(BIN, parts, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`naik-kelas ${parts.join(' ')}: ${run.stderr}${run.stdout}`);
  return run.stdout;
}

/** Starts the command in practice mode; resolves once it is ready. `more` = further arguments. */
export async function startEndpoint(t, { data = temporaryFolder('data'), app = DIST, packs = [], more = [] } = {}) {
  const port = await freePort();
  const given = [...packs.flatMap((pack) => ['--pack', pack]), ...more];
  const child = spawn(BIN, ['practice', '--listen', `127.0.0.1:${port}`, '--data', data, '--app', app, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (d) => { output += d; });
  child.stderr.on('data', (d) => { output += d; });
  const exited = new Promise((ok) => child.once('exit', ok));
  const stop = async () => { if (child.exitCode === null && child.signalCode === null) { child.kill('SIGTERM'); await exited; } };
  t.after(stop);
  const started = Date.now();
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the endpoint ended at once:\n${output}`);
    if (Date.now() - started > PATIENCE) throw new Error(`the endpoint is not ready after a minute:\n${output}`);
    const ready = await fetch(`http://127.0.0.1:${port}/ready`).then((r) => r.ok, () => false);
    if (ready && /practice account: coordinator/.test(output)) break;
    await new Promise((ok) => setTimeout(ok, 50));
  }
  const accounts = [...output.matchAll(/practice account: (\S+) (\S+) (\S+)/g)].map(([, role, user, password]) => ({ role, user, password }));
  return { port, data, accounts, stop, facilitator: accounts.find((a) => a.role === 'facilitator'), output: () => output };
}

/** A TCP hop in front of the endpoint: the phone's signal, which a walk can cut and bring back. It reaches the service worker too. */
export async function link(t, endpoint) {
  const sockets = new Set();
  let target = endpoint.port;
  const hop = net.createServer((near) => {
    const far = net.connect(target, '127.0.0.1');
    for (const s of [near, far]) {
      sockets.add(s);
      s.on('close', () => { sockets.delete(s); near.destroy(); far.destroy(); });
      s.on('error', () => {});
    }
    near.pipe(far).pipe(near);
  });
  const port = await freePort();
  const restore = () => new Promise((ok, fail) => { hop.once('error', fail); hop.listen(port, '127.0.0.1', ok); });
  const cut = async () => {
    if (!hop.listening) return;
    const closed = new Promise((ok) => hop.close(ok));
    for (const s of sockets) s.destroy();
    await closed;
  };
  await restore();
  t.after(cut);
  return { url: `http://127.0.0.1:${port}`, cut, restore, retarget: (p) => { target = p; } };
}

/** Enough for a machine that compiles beside it, in milliseconds: only a walk that fails takes so long. */
export const PATIENCE = 60_000;

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'];

/** A new browser process on a profile folder; IndexedDB and caches stay on disk between processes. */
export async function openPhone(t, profile, { locale = 'id-ID', colorScheme = 'light', viewport = { width: 360, height: 640 }, isMobile = true } = {}) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM, headless: true, args: FLAGS, viewport, locale, colorScheme,
    isMobile, hasTouch: true, deviceScaleFactor: 2, timezoneId: 'Asia/Jakarta',
  });
  const page = context.pages()[0] ?? await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on('pageerror', (e) => faults.push(`page error: ${e.message}`));
  let open = true;
  const close = async () => { if (open) { open = false; await context.close(); } };
  t.after(close);
  return { context, page, faults, close };
}
