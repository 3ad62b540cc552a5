// The wasm travels with its instructions apart from what they act on: like beside like, of which brotli makes an eighth
// less (docs/adr/0009-split-wasm.md). Here it becomes again, byte for byte, what it was.

// What stands before: to other tools the file is an empty module with a section that they pass over.
const WRAPPING = 20;
const MEMORY = 64;
const BEFORE = 0;
const HEADS = 3;
const CODES = 4;
const OTHER = 5;
const FLOATS = 7;
const TABLES = 8;
const BLOCKS = 10;
const AFTER = 16;
const NONE = 255;
// The stream of what follows an instruction, by its opcode: in base 36, from the first on; most have nothing behind them.
const STREAM = new Uint8Array(256).fill(NONE);
[...`..aaa.......998.6565............211bbbb.${'c'.repeat(14)}${'d'.repeat(9)}55ef77`].forEach((digit, opcode) => {
  if (digit !== '.') STREAM[opcode] = parseInt(digit, 36);
});
STREAM[0xd0] = STREAM[0xd2] = STREAM[0xfc] = OTHER;
// How many numbers follow the second opcode of those that have two.
const SECOND = '000000002121212111';

export function joined(buffer) {
  const bytes = new Uint8Array(buffer);
  const sizes = new DataView(buffer);
  const whole = new Uint8Array(sizes.getUint32(WRAPPING, true));
  let to = 0;
  let from = WRAPPING + 4;
  let start = from + 4 * (AFTER + 1) + 3 * MEMORY;
  // Where each stream is read, and where it ends.
  const place = new Uint32Array(AFTER + 1);
  const ends = place.slice();
  for (let stream = 0; stream <= AFTER; stream += 1, from += 4) {
    place[stream] = start;
    ends[stream] = start += sizes.getUint32(from, true);
  }
  // Loads and stores have a code of their own for each opcode and alignment; what else there is means itself.
  const opcodes = Uint8Array.from({ length: 256 }, (_, code) => code);
  const aligns = new Uint8Array(256).fill(NONE);
  for (let i = 0; i < MEMORY; i += 1, from += 3) {
    opcodes[bytes[from]] = bytes[from + 1];
    aligns[bytes[from]] = bytes[from + 2];
  }
  const takeNumber = (stream) => {
    let at = place[stream];
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = whole[to++] = bytes[at++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    place[stream] = at;
    return value;
  };
  const takeBytes = (stream, count) => {
    whole.set(bytes.subarray(place[stream], (place[stream] += count)), to);
    to += count;
  };
  takeBytes(BEFORE, ends[BEFORE] - place[BEFORE]);
  // A function of its own: the browser takes a faster form of it at its next call.
  const takeBody = () => {
    const begin = to;
    to += 5; // room for the body's length
    for (let groups = takeNumber(HEADS); groups; groups -= 1) {
      takeNumber(HEADS);
      takeBytes(HEADS, 1);
    }
    for (let depth = 1; depth; ) {
      const code = bytes[place[CODES]++];
      const opcode = (whole[to++] = opcodes[code]);
      if (aligns[code] !== NONE) whole[to++] = aligns[code];
      let stream = STREAM[opcode];
      if (stream !== NONE) {
        let count = 1;
        if (stream === BLOCKS) depth += 1;
        else if (stream === TABLES) count += takeNumber(stream);
        else if (stream === FLOATS) {
          takeBytes(stream, opcode === 0x43 ? 4 : 8);
          count = 0;
        } else if (opcode === 0x11) count = 2;
        else if (opcode === 0xfc) count = +SECOND[takeNumber(stream)];
        while (count--) takeNumber(stream);
      } else if (opcode === 0x0b) depth -= 1;
    }
    const length = to - begin - 5;
    let at = begin;
    for (let rest = length; (whole[at++] = rest > 127 ? rest | 128 : rest) > 127; ) rest >>>= 7;
    whole.copyWithin(at, begin + 5, to);
    to = at + length;
  };
  while (place[CODES] < ends[CODES]) takeBody();
  takeBytes(AFTER, ends[AFTER] - place[AFTER]);
  return whole;
}
