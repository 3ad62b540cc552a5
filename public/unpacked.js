// The app's wasm travels dense (docs/adr/0009-dense-wasm.md) and is made a module again while it comes, by a small module
// of its own. What came of it is kept, so that this is done once for each release.

const KEPT = 'nk-module';
// More than any file that travels (the build looks).
const ROOM = 1 << 20;

// The compiled module of the dense file at `path`. A kept one that is spoilt, or with which the last start failed, is made
// anew.
export async function compiled(path, way) {
  const key = `${path}?module`;
  const anew = failed(); // before boot.js, whose turn is next, has counted this start
  const kept = await caches.open(KEPT).catch(() => null); // a browser that keeps nothing does without
  const found = !anew && (await kept?.match(key).catch(() => null));
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

// By a worker, which gets the file piece by piece as it comes: the page stays free, and both go on at once.
async function unpacked(path, way) {
  const worker = new Worker(import.meta.url, { type: 'module' });
  const module = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data ? resolve(data) : reject(new Error(`${path}: cut off or spoilt`)));
    worker.onerror = () => reject(new Error(`${path}: not unpacked`));
  });
  module.catch(() => {}); // waited for below
  try {
    const [reply, unpacking] = await Promise.all([fetch(path), WebAssembly.compileStreaming(fetch(way))]);
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
    worker.postMessage(unpacking);
    const reader = reply.body.getReader();
    for (;;) {
      const { value } = await reader.read();
      worker.postMessage(value ?? null);
      if (!value) return await module;
    }
  } finally {
    worker.terminate();
  }
}

// What the worker does: a compiled way back first, then the pieces of the file, nothing after the last one.
export function work() {
  let way;
  let have = 0;
  onmessage = ({ data }) => {
    way = data instanceof WebAssembly.Module ? WebAssembly.instantiate(data) : way.then((instance) => take(instance, data));
    way.catch(() => postMessage(null));
  };
  const take = (instance, piece) => {
    const { memory, room, unpack, size } = instance.exports;
    if (piece) {
      new Uint8Array(memory.buffer, room(), ROOM).set(piece, have);
      have += piece.length;
    }
    const module = unpack(have, !piece);
    if (module || !piece) postMessage(module && new Uint8Array(memory.buffer, module, size()).slice());
    return instance;
  };
}

async function keep(kept, key, bytes) {
  const old = await kept.keys();
  await kept.put(key, new Response(bytes, { headers: { 'content-type': 'application/wasm' } }));
  await Promise.all(old.map((request) => request.url.endsWith(key) || kept.delete(request)));
}
