// The app's wasm travels dense (docs/adr/0009-dense-wasm.md) and is made a module again while it comes, by a small module
// of its own. What came of it is kept, so that this is done once for each release.

const KEPT = 'nk-module';
// More than any file that travels (the build looks).
const ROOM = 1 << 20;

// The compiled module of the dense file at `path`. A kept one that is spoilt, or with which the last start failed, is made
// anew.
export async function compiled(path, way) {
  const key = `${path}?module`;
  const kept = await caches.open(KEPT).catch(() => null); // a browser that keeps nothing does without
  const found = !failed() && (await kept?.match(key).catch(() => null));
  if (found) {
    try {
      return await WebAssembly.compileStreaming(found);
    } catch {}
  }
  const bytes = await unpacked(path, way);
  const module = await WebAssembly.compile(bytes);
  keep(kept, key, bytes).catch(() => {}); // a full disk: the next start makes it again
  return module;
}

// What boot.js remembers.
function failed() {
  try {
    return localStorage.getItem('nk-failed-starts') > 0;
  } catch {
    return false;
  }
}

async function unpacked(path, way) {
  const [reply, { instance }] = await Promise.all([fetch(path), WebAssembly.instantiateStreaming(fetch(way))]);
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  const { memory, room, unpack, size } = instance.exports;
  const place = room();
  const reader = reply.body.getReader();
  for (let have = 0; ; ) {
    const { done, value } = await reader.read();
    if (value) new Uint8Array(memory.buffer, place, ROOM).set(value, have);
    have += value?.length ?? 0;
    const module = unpack(have, done);
    if (module) return new Uint8Array(memory.buffer, module, size()).slice();
    if (done) throw new Error(`${path}: cut off or spoilt`);
  }
}

async function keep(kept, key, bytes) {
  const old = await kept.keys();
  await kept.put(key, new Response(bytes, { headers: { 'content-type': 'application/wasm' } }));
  await Promise.all(old.map((request) => request.url.endsWith(key) || kept.delete(request)));
}
