// The wasm travels with its instructions apart from what they act on: like beside like, of which brotli makes an eighth
// less (docs/adr/0009-split-wasm.md). Here it becomes again, byte for byte, what it was.

// The stream of what follows an instruction, by its opcode, in base 36; '.' where nothing follows.
const STREAM = [...`..333.......445.6f6f............7889999.${'a'.repeat(14)}${'b'.repeat(9)}ffcdee`].map((digit) => parseInt(digit, 36));
// What stands before: to other tools the file is an empty module with a section that they pass over.
const WRAPPING = 20;
const MEMORY = 64;
const BEFORE = 0;
const HEADS = 1;
const CODES = 2;
const OTHER = 15;
const AFTER = 16;
// How many numbers follow the second opcode of those that have two.
const SECOND = '000000002121212111';

export function joined(buffer) {
  const bytes = new Uint8Array(buffer);
  let to = 0;
  const place = [];
  const ends = [];
  const take = (stream) => (whole[to++] = bytes[place[stream]++]);
  const takeNumber = (stream) => {
    let value = 0;
    for (let shift = 0, byte = 128; byte > 127; shift += 7) value |= ((byte = take(stream)) & 127) << shift;
    return value;
  };
  const takeAll = (stream) => {
    while (place[stream] < ends[stream]) take(stream);
  };
  const sizes = new DataView(buffer);
  const whole = new Uint8Array(sizes.getUint32(WRAPPING, true));
  let from = WRAPPING + 4;
  let start = from + 4 * (AFTER + 1) + 3 * MEMORY;
  for (let stream = 0; stream <= AFTER; stream += 1, from += 4) {
    place.push(start);
    ends.push((start += sizes.getUint32(from, true)));
  }
  // Loads and stores have a code of their own for each opcode and alignment.
  const memory = [];
  for (let i = 0; i < MEMORY; i += 1, from += 3) memory[bytes[from]] = [bytes[from + 1], bytes[from + 2]];
  takeAll(BEFORE);
  while (place[CODES] < ends[CODES]) {
    const begin = to;
    to += 5; // room for the body's length
    for (let groups = takeNumber(HEADS); groups; groups -= 1) {
      takeNumber(HEADS);
      take(HEADS);
    }
    for (let depth = 1; depth; ) {
      const code = bytes[place[CODES]++];
      const [opcode, align] = memory[code] ?? [code];
      whole[to++] = opcode;
      if (align !== undefined) whole[to++] = align;
      const stream = STREAM[opcode];
      let count = stream >= 0 ? 1 : 0;
      if (stream === 3) depth += 1;
      if (opcode === 0x0b) depth -= 1;
      if (opcode === 0x0e) count += takeNumber(stream);
      if (opcode === 0x11) count = 2;
      if (opcode === 0x43 || opcode === 0x44) {
        for (count = 0; count < opcode * 4 - 0x108; count += 1) take(stream);
        count = 0;
      }
      if (opcode === 0xfc) count = +SECOND[takeNumber(OTHER)];
      if (opcode === 0xd0 || opcode === 0xd2) count = 1;
      while (count--) takeNumber(stream >= 0 ? stream : OTHER);
    }
    let length = to - begin - 5;
    let at = begin;
    for (; length > 127; length >>>= 7) whole[at++] = length & 127 | 128;
    whole[at++] = length;
    whole.copyWithin(at, begin + 5, to);
    to += at - begin - 5;
  }
  takeAll(AFTER);
  return whole;
}
