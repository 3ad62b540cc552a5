// What the evaluator adds to the app's download. The wasm of the app, with the names of its functions, is compressed whole
// and once more with the evaluator's function bodies emptied: the difference is what a phone would not download without it.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

/** Modules of the rules that decide and explain. Reading and checking a pack, and the form's logic, are not counted. */
const EVALUATOR = /^naik_kelas_rules(\[[0-9a-f]+\])?::(evaluate|explain|possible|node|value|date|family)\b/;
const STANDARD = new Set(['core', 'alloc', 'std']);
/** An empty body: no locals, unreachable, end. */
const EMPTY = Buffer.from([0x03, 0x00, 0x00, 0x0b]);

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function written(value) {
  const bytes = [];
  for (let rest = value; ;) {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest ? low | 0x80 : low);
    if (!rest) return Buffer.from(bytes);
  }
}

function sections(wasm) {
  const found = [];
  for (let at = 8; at < wasm.length;) {
    const [size, begin] = number(wasm, at + 1);
    found.push({ id: wasm[at], body: wasm.subarray(begin, begin + size), whole: wasm.subarray(at, begin + size) });
    at = begin + size;
  }
  return found;
}

function importedFunctions(section) {
  if (!section) return 0;
  let [count, at] = number(section.body, 0);
  let functions = 0;
  for (; count > 0; count -= 1) {
    for (let name = 0; name < 2; name += 1) { const [length, next] = number(section.body, at); at = next + length; }
    const kind = section.body[at++];
    if (kind === 0) { functions += 1; [, at] = number(section.body, at); continue; }
    if (kind === 3) { at += 2; continue; }
    if (kind === 1) at += 1; // a table: its kind of element
    const flags = section.body[at++];
    [, at] = number(section.body, at);
    if (flags & 1) [, at] = number(section.body, at);
  }
  return functions;
}

function names(section) {
  const found = new Map();
  const body = section.body;
  let [length, at] = number(body, 0);
  at += length;
  while (at < body.length) {
    const kind = body[at];
    const [size, begin] = number(body, at + 1);
    if (kind === 1) {
      let [count, place] = number(body, begin);
      for (; count > 0; count -= 1) {
        let index; let text;
        [index, place] = number(body, place);
        [text, place] = number(body, place);
        found.set(index, body.toString('utf8', place, place + text));
        place += text;
      }
    }
    at = begin + size;
  }
  return found;
}

/** The first path in a name that is not the standard library's: whose code it is. */
export function owner(name) {
  const paths = [...name.matchAll(/(?<![\w:\]])([A-Za-z_]\w*)(\[[0-9a-f]+\])?(?=::)/g)];
  const own = paths.find(([, crate]) => !STANDARD.has(crate)) ?? paths[0];
  return own ? name.slice(own.index) : '';
}

/** Bytes of the evaluator in the app's wasm. */
export function evaluatorBytes(path) {
  const wasm = readFileSync(path);
  const all = sections(wasm);
  const named = names(all.find((section) => section.id === 0 && /^.{0,2}name/s.test(section.body.toString('latin1', 0, 6))));
  const code = all.find((section) => section.id === 10);
  let index = importedFunctions(all.find((section) => section.id === 2));
  let [count, at] = number(code.body, 0);
  const bodies = [written(count)];
  const own = [];
  for (; count > 0; count -= 1, index += 1) {
    const [size, begin] = number(code.body, at);
    const body = code.body.subarray(at, begin + size);
    const isOwn = EVALUATOR.test(owner(named.get(index) ?? ''));
    if (isOwn) own.push(body);
    bodies.push(isOwn ? EMPTY : body);
    at = begin + size;
  }
  const without = Buffer.concat(bodies);
  const kept = all.filter((section) => section.id !== 0);
  const whole = Buffer.concat([wasm.subarray(0, 8), ...kept.map((section) => section.whole)]);
  const emptied = Buffer.concat([wasm.subarray(0, 8), ...kept.map((section) => (section === code ? Buffer.concat([Buffer.from([10]), written(without.length), without]) : section.whole))]);
  const [full, rest] = [brotli(whole), brotli(emptied)];
  const plain = Buffer.concat(own);
  return { functions: own.length, plain: plain.length, brotli: full - rest, alone: brotli(plain), app: full };
}
