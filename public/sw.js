// The service worker: a release is on the phone whole and verified, or not at all.
//
// A new release is fetched into a cache of its own while the old one goes on serving. It takes over when the person says
// so, or when the app is opened the next time with no tab of the old one left. Nothing of /api is ever kept.
'use strict';

const RELEASE = '__RELEASE__';
const PREFIX = 'nk-release-';
const CACHE = PREFIX + RELEASE;
const AT_ONCE = 4;
const NO_FILES = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Naik Kelas</title><p lang="id">Berkas aplikasi dihapus dari HP ini. Catatan Anda aman. Cari sinyal, lalu buka lagi.<p lang="en">The app\'s files were deleted. Your records are safe. Find a signal and open it again.';
const NAMED_BY_CONTENT = /-[0-9a-f]{8,16}(_bg)?\.(js|css|wasm|nkp)$/;

self.addEventListener('install', (event) => event.waitUntil(fill()));

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting();
  // Where the app does not start: what was spoilt on the phone is fetched anew.
  const tell = () => event.ports[0].postMessage(null);
  if (event.data === 'mend') event.waitUntil(fill().then(tell, tell));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  event.respondWith(answer(event, request, url));
});

// Addresses of screens are the app itself.
async function answer(event, request, url) {
  const cache = await caches.open(CACHE);
  const path = request.mode === 'navigate' && !url.pathname.includes('.') ? '/index.html' : url.pathname;
  const kept = await cache.match(path);
  if (kept) return kept;
  // Somebody has emptied the cache: what is fetched now is kept again, and without signal it is said what is safe.
  if (request.mode !== 'navigate') return fetch(request);
  if (path === '/index.html') event.waitUntil(fill().catch(() => {}));
  return fetch(request).catch(() => new Response(NO_FILES, { headers: { 'content-type': 'text/html' } }));
}

// Fetches every file of the release. What a broken attempt has left, and what the old release has already under the
// same name, is verified like the rest and not fetched again. One file that is missing or wrong, and the installation
// fails: the old release stays.
async function fill() {
  const listed = await fetch('/release.json', { cache: 'no-store' });
  if (!listed.ok) throw new Error('no release');
  const { release, files } = await listed.json();
  if (release !== RELEASE) throw new Error('another release is being put in place');
  const cache = await caches.open(CACHE);
  const left = [...files];
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let file = left.shift(); file; file = left.shift()) await keep(cache, file);
  });
  await Promise.all(workers);
}

async function keep(cache, { path, sha256 }) {
  const url = `/${path}`;
  const here = await cache.match(url);
  if (here && (await digest(here.clone())) === sha256) return;
  const old = NAMED_BY_CONTENT.test(path) ? await caches.match(url) : undefined;
  if (old && (await digest(old.clone())) === sha256) return cache.put(url, old);
  const fetched = await fetch(url, { cache: NAMED_BY_CONTENT.test(path) ? 'default' : 'no-store' });
  if (!fetched.ok) throw new Error(`${path}: ${fetched.status}`);
  if ((await digest(fetched.clone())) !== sha256) throw new Error(`${path}: not what the release lists`);
  await cache.put(url, fetched);
}

async function digest(response) {
  const hash = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}
