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
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => compress(path.join(entry.parentPath ?? entry.path, entry.name))),
);

async function compress(file) {
  const contents = await readFile(file);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN } = zlib.constants;
  const variants = [
    ['.br', await brotli(contents, {
      params: {
        [BROTLI_PARAM_QUALITY]: 11,
        [BROTLI_PARAM_LGWIN]: 24,
        [BROTLI_PARAM_SIZE_HINT]: contents.length,
      },
    })],
    ['.gz', await gzip(contents, { level: 9 })],
  ];
  for (const [suffix, compressed] of variants) {
    if (compressed.length < contents.length) await writeFile(file + suffix, compressed);
  }
}
