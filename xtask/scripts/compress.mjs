// Writes FILE.br (brotli 11) and FILE.gz (gzip 9) beside each file of a folder where that is smaller.
// The same bytes in give the same bytes out: neither format gets a time or a name.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

const folder = process.argv[2];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
await Promise.all(
  entries
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name) && !/\/\.[^/]*$/.test(entry.parentPath ?? entry.path))
    .map((entry) => compress(path.join(entry.parentPath ?? entry.path, entry.name))),
);

async function compress(file) {
  const contents = await readFile(file);
  const variants = [
    ['.br', await smallest(contents)],
    ['.gz', await gzip(contents, { level: 9 })],
  ];
  for (const [suffix, compressed] of variants) {
    if (compressed.length < contents.length) await writeFile(file + suffix, compressed);
  }
}

// Always brotli 11; how it looks at what it reads makes a hundredth of difference, and which way is best, only trying
// tells: these are the settings that won for wasm, texts and the pack.
async function smallest(contents) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_MODE, BROTLI_MODE_GENERIC, BROTLI_MODE_FONT } = zlib.constants;
  let best;
  for (const [mode, window, block] of [
    [BROTLI_MODE_GENERIC, 24, 0],
    [BROTLI_MODE_GENERIC, 19, 0],
    [BROTLI_MODE_FONT, 19, 16],
    [BROTLI_MODE_FONT, 19, 19],
    [BROTLI_MODE_FONT, 24, 19],
  ]) {
    const compressed = await brotli(contents, {
      params: {
        [BROTLI_PARAM_QUALITY]: 11,
        [BROTLI_PARAM_MODE]: mode,
        [BROTLI_PARAM_LGWIN]: window,
        [BROTLI_PARAM_LGBLOCK]: block,
        [BROTLI_PARAM_SIZE_HINT]: contents.length,
      },
    });
    if (!best || compressed.length < best.length) best = compressed;
  }
  return best;
}
