// The app's wasm travels dense (docs/adr/0009-dense-wasm.md) and is made a module again while it comes, by a small module
// of its own. What came of it is kept, so that this is done once for each release.

const KEPT = 'nk-module';
// More than any file that travels (the build looks).
const ROOM = 1 << 20;

// What the build puts before the pack, which travels behind the module: the beginning of a section that is named after it.
const SECTION = 11;

// The compiled module of the dense file at `path`. A kept one that is spoilt, or with which the last start failed, is made
// anew. The pack behind it comes when the app asks for it, and may do so later.
export async function compiled(path, way) {
  const key = `${path}?module`;
  const anew = failed(); // before boot.js, whose turn is next, has counted this start
  const kept = await caches.open(KEPT).catch(() => null); // a browser that keeps nothing does without
  const found = !anew && (await kept?.match(key).catch(() => null));
  if (found) {
    try {
      const module = await WebAssembly.compileStreaming(found);
      self.nkPack = async () => WebAssembly.Module.customSections(module, 'pack')[0];
      return module;
    } catch {}
  }
  const [module, all] = unpacked(path, way);
  all.then((bytes) => keep(kept, key, bytes)).catch(() => {}); // a full disk: the next start makes it again
  const bytes = await module;
  self.nkPack = async () => (await all).subarray(bytes.length + SECTION);
  return WebAssembly.compile(bytes);
}

// What boot.js remembers.
function failed() {
  try {
    return localStorage.getItem('nk-failed-starts') > 0;
  } catch {
    return false;
  }
}

// By a worker, which gets the file piece by piece as it comes: the page stays free, and both go on at once. Two promises:
// the module, and the module with the pack behind it.
function unpacked(path, way) {
  const worker = new Worker(import.meta.url, { type: 'module' });
  const waiting = [];
  const parts = [0, 1].map(() => new Promise((...settle) => waiting.push(settle)));
  const failed = (reason) => waiting.forEach(([, reject]) => reject(reason));
  worker.onmessage = ({ data }) => (data ? waiting.shift()[0](data) : failed(new Error(`${path}: cut off or spoilt`)));
  worker.onerror = () => failed(new Error(`${path}: not unpacked`));
  hand(worker, path, way).catch(failed);
  parts[1].catch(() => {}).then(() => worker.terminate());
  return parts;
}

async function hand(worker, path, way) {
  const [reply, unpacking] = await Promise.all([fetch(path), WebAssembly.compileStreaming(fetch(way))]);
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  worker.postMessage(unpacking);
  const reader = reply.body.getReader();
  for (;;) {
    const { value } = await reader.read();
    worker.postMessage(value ?? null);
    if (!value) return;
  }
}

// What the worker does: a compiled way back first, then the pieces of the file, nothing after the last one.
export function work() {
  let way;
  let have = 0;
  let sent = 0;
  onmessage = ({ data }) => {
    way = data instanceof WebAssembly.Module ? WebAssembly.instantiate(data) : way.then((instance) => take(instance, data));
    way.catch(() => postMessage(null));
  };
  const take = (instance, piece) => {
    const { memory, room, unpack, size, beside } = instance.exports;
    if (piece) {
      new Uint8Array(memory.buffer, room(), ROOM).set(piece, have);
      have += piece.length;
    }
    const module = unpack(have, !piece);
    const send = (length) => postMessage(new Uint8Array(memory.buffer, module, length).slice());
    if (module && !sent) send((sent = size()));
    if (!piece) beside() ? send(sent + beside()) : postMessage(null);
    return instance;
  };
}

async function keep(kept, key, bytes) {
  const old = await kept.keys();
  await kept.put(key, new Response(bytes, { headers: { 'content-type': 'application/wasm' } }));
  await Promise.all(old.map((request) => request.url.endsWith(key) || kept.delete(request)));
}
