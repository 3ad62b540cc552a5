// The service worker: a release is on the phone whole and verified, or not at all.
//
// A new release is fetched into a cache of its own while the old one goes on serving. It takes over when the person says
// so, or when the app is opened the next time with no tab of the old one left. The release before it stays on the phone:
// its tabs go on, and it is started again where the new one does not come up. Nothing of /api is ever kept.
'use strict';

const RELEASE = '__RELEASE__';
const PREFIX = 'nk-release-';
const CACHE = PREFIX + RELEASE;
const STARTS = 'nk-starts';
// How long a new release may take to come up, in milliseconds, and how often it may be tried.
const PATIENCE = 15_000;
const TRIES = 2;
const AT_ONCE = 4;
const NO_FILES = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Naik Kelas</title><p lang="id">Berkas aplikasi dihapus dari HP ini. Catatan Anda aman. Cari sinyal, lalu buka lagi.<p lang="en">The app\'s files were deleted. Your records are safe. Find a signal and open it again.';
const NAMED_BY_CONTENT = /-[0-9a-f]{8,16}\.\w+$/;

self.addEventListener('install', (event) => event.waitUntil(fill()));

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// What boot.js asks: a wish, and perhaps which release it stands in.
self.addEventListener('message', (event) => {
  const [wish, release] = event.data.split(' ');
  const tell = (told) => event.ports[0]?.postMessage(told);
  event.waitUntil(WISHES[wish](release).then(tell, () => tell()));
});

const WISHES = {
  async activate() {
    self.skipWaiting();
    return true;
  },
  // The same, where no other tab is open.
  async alone() {
    const tabs = await self.clients.matchAll({ includeUncontrolled: true });
    return tabs.length === 1 && WISHES.activate();
  },
  // Where the app does not start: what was spoilt on the phone is fetched anew.
  mend: fill,
  up: cameUp,
  before: async () => previous(await starts()),
  back: async () => remember({ ...(await starts()), back: true }),
  async forward() {
    const { up, back } = await starts();
    if (back) await remember({ up });
  },
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  event.respondWith(answer(event, request, url));
});

// From which cache what a page asks for is answered: looked up at each start.
let source;

// Addresses of screens are the app itself.
async function answer(event, request, url) {
  const path = request.mode === 'navigate' && !url.pathname.includes('.') ? '/index.html' : url.pathname;
  const start = path === '/index.html';
  if (start || !source) source = started(start).catch(() => CACHE);
  const cache = await caches.open(await source);
  // A tab of another release asks for its own files by their contents.
  const kept = (await cache.match(path)) ?? (NAMED_BY_CONTENT.test(path) && (await caches.match(path)));
  if (kept) return kept;
  // Somebody has emptied the cache: what is fetched now is kept again, and without signal it is said what is safe.
  if (request.mode !== 'navigate') return fetch(request);
  if (start) event.waitUntil(fill().catch(() => {}));
  return fetch(request).catch(() => new Response(NO_FILES, { headers: { 'content-type': 'text/html' } }));
}

// Fetches every file of the release. What a broken attempt has left, and what the old release has already under the
// same name, is verified like the rest and not fetched again. One file that is missing or wrong, and the installation
// fails: the old release stays.
async function fill() {
  const { release, files } = await (await fetch('/release.json', { cache: 'no-store' })).json();
  if (release !== RELEASE) throw new Error(release);
  const cache = await caches.open(CACHE);
  const left = [...files];
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let file = left.shift(); file; file = left.shift()) await keep(cache, file);
  });
  await Promise.all(workers);
}

async function keep(cache, { path, sha256 }) {
  const url = `/${path}`;
  const sound = async (reply) => (await digest(reply.clone())) === sha256;
  const named = NAMED_BY_CONTENT.test(path);
  const here = (await cache.match(url)) ?? (named && (await caches.match(url)));
  if (here && (await sound(here))) return cache.put(url, here);
  const fetched = await fetch(url, { cache: named ? 'default' : 'no-store' });
  if (!fetched.ok || !(await sound(fetched))) throw new Error(path);
  await cache.put(url, fetched);
}

// The first half of SHA-256, as the release lists it.
async function digest(response) {
  const hash = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// What is remembered of starts: `up`, the last two releases that came up; and as long as this one is the newest, how often
// it was tried, `since` when, and whether the phone is `back` at the release before.
async function starts() {
  const kept = await (await caches.open(STARTS)).match('/');
  const known = kept ? await kept.json() : { up: [] };
  return known.of === RELEASE ? known : { of: RELEASE, up: known.up, tries: 0, since: Date.now() };
}

async function remember(known) {
  await (await caches.open(STARTS)).put('/', new Response(JSON.stringify(known)));
}

const previous = ({ up }) => up.findLast((release) => release !== RELEASE);

// The cache to answer from. A `start` is counted as long as this release has never come up; where it had its time and its
// tries, the release before is started instead, until a newer one comes or a person wants this one.
async function started(start) {
  const known = await starts();
  const before = previous(known);
  if (start && before && !known.back && !known.up.includes(RELEASE)) {
    known.back = known.tries++ >= TRIES && Date.now() - known.since > PATIENCE;
    await remember(known);
  }
  const old = PREFIX + before;
  return before && known.back && (await caches.has(old)) ? old : CACHE;
}

// A release came up: it and the one before stay, what is older makes room. True where a newer one than this is passed over.
async function cameUp(release) {
  const known = await starts();
  if (known.up.at(-1) !== release) {
    known.up = [...known.up.filter((other) => other !== release), release].slice(-2);
    await remember(known);
    for (const name of await caches.keys()) {
      if (name === CACHE) break; // what comes behind it is newer
      if (name.startsWith(PREFIX) && !known.up.includes(name.slice(PREFIX.length))) await caches.delete(name);
    }
  }
  return known.back && release !== RELEASE;
}
