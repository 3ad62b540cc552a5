// Another release of the app, made of the one that was built: contents changed, then named and listed as the build does.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const COMPRESSED = /\.(br|gz)$/;
const NAMED_BY_CONTENT = /-([0-9a-f]{16})\.(js|css|wasm)$/;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const read = (folder) => new Map(readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !COMPRESSED.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((file) => [file.slice(folder.length + 1), readFileSync(file)]));

/** The name of the one file that matches. */
export const fileNamed = (folder, pattern) => {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${pattern} is the name of ${found.length} files`);
  return found[0];
};

/** Whatever names a file whose contents have changed, names it anew; that changes its own contents, and so on. */
function rename(site) {
  const stale = [...site].find(([path, bytes]) => NAMED_BY_CONTENT.test(path) && NAMED_BY_CONTENT.exec(path)[1] !== sha256(bytes).slice(0, 16));
  if (!stale) return;
  const [path, bytes] = stale;
  const fresh = path.replace(NAMED_BY_CONTENT, (_, hash, kind) => `-${sha256(bytes).slice(0, 16)}.${kind}`);
  site.delete(path);
  site.set(fresh, bytes);
  for (const [other, text] of site) if (text.includes(path)) site.set(other, Buffer.from(text.toString().replaceAll(path, fresh)));
  rename(site);
}

/** Puts a release into a folder: the one of `from` with `change(site)`, a map of paths to bytes. Files of an older one that lie there stay. */
export function putRelease(from, into, change = () => {}) {
  const site = read(from);
  const before = JSON.parse(site.get('release.json'));
  site.delete('release.json');
  const own = [...site.keys()].filter((path) => path.startsWith('.endpoint/'));
  const ofTheEndpoint = own.map((path) => [path, site.get(path)]);
  own.forEach((path) => site.delete(path));
  change(site);
  rename(site);
  const listing = [...site].sort().map(([path, bytes]) => `${path} ${sha256(bytes)}\n`).join('');
  const release = sha256(listing).slice(0, 16);
  for (const path of ['index.html', 'sw.js']) site.set(path, Buffer.from(site.get(path).toString().replaceAll(before.release, release)));
  const files = [...site].filter(([path]) => path !== 'sw.js').sort()
    .map(([path, bytes]) => ({ path, sha256: sha256(bytes).slice(0, 32) }));
  site.set('release.json', Buffer.from(JSON.stringify({ release, files })));
  for (const [path, bytes] of [...site, ...ofTheEndpoint]) {
    const file = join(into, path);
    mkdirSync(dirname(file), { recursive: true });
    for (const kind of ['.br', '.gz']) rmSync(file + kind, { force: true });
    writeFileSync(file, bytes);
  }
  return release;
}

/** A change that leaves no file as it was, and the app as it is. */
export function everyFile(site) {
  for (const [path, bytes] of [...site]) {
    if (/\.js$/.test(path)) site.set(path, Buffer.concat([bytes, Buffer.from('\n// Another build.\n')]));
    // A section that means nothing, of no name.
    if (/\.wasm$/.test(path)) site.set(path, Buffer.concat([bytes, Buffer.from([0, 1, 0])]));
    if (/\.(png|webmanifest)$/.test(path)) site.set(path, Buffer.concat([bytes, Buffer.from('\n')]));
  }
}

/** Which release the page is of. */
export const runs = (page) => page.evaluate(() => document.querySelector('meta[name=nk-release]').content);

/** Waits until the page is of this release. */
export const comesAs = (page, release) =>
  page.waitForFunction((wanted) => document.querySelector('meta[name=nk-release]')?.content === wanted, release);

/** Waits until these releases lie on the phone, the older first, and no other. */
export const keeps = (page, releases) => page.waitForFunction(async (wanted) => {
  const names = (await caches.keys()).filter((name) => name.startsWith('nk-release-'));
  return names.map((name) => name.slice('nk-release-'.length)).join() === wanted;
}, releases.join());

/** The phone looks for an update until that has come or failed; true where it lies ready. */
export const lookForUpdate = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.update().catch(() => {});
  const { installing } = registration;
  if (installing) await new Promise((done) => installing.addEventListener('statechange', done, { once: true }));
  return registration.waiting !== null;
});

/** The start script of a site. */
export const startScript = (site) => [...site.keys()].find((path) => path.startsWith('start-'));

/** A change that makes another build of the same app. */
export const anotherBuild = (name) => (site) => {
  const start = startScript(site);
  site.set(start, Buffer.concat([site.get(start), Buffer.from(`\n// Build ${name}.\n`)]));
};
