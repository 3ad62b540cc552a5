// Families that every engine of this run decides, with an independent oracle's answers. With the peers' generator there
// are 100,000; else the 2,000 that the project carries.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { say } from '../report.mjs';

const COUNT = 100_000;
const DAY = '2026-11-24';

/** Paths of families and answers (NDJSON), and how many there are. */
export function families(folder, peers) {
  mkdirSync(folder, { recursive: true });
  const of = (name) => ({ families: join(folder, `${name}.ndjson`), answers: join(folder, `${name}.answers.ndjson`) });
  if (!peers) {
    const known = of('known-2k');
    for (const [to, from] of [[known.families, 'known-2k.ndjson.gz'], [known.answers, 'known-2k.answers.ndjson.gz']]) writeFileSync(to, gunzipSync(readFileSync(join('tests/cases', from))));
    return { ...known, count: 2_000, oneDay: false };
  }
  const made = of(`known-${COUNT}-${peers.replace(/.*-/, '')}`);
  if (!existsSync(made.answers)) {
    say(`making ${COUNT} families and the oracle's answers: about a minute, kept for the next run`);
    const python = (args, input, to) => {
      writeFileSync(`${to}.part`, execFileSync('python3', args, { cwd: peers, input, maxBuffer: 2 ** 31 }));
      renameSync(`${to}.part`, to);
    };
    python(['generate.py', '-n', String(COUNT), '--seed', '5', '--assessed-on', DAY], '', made.families);
    python(['oracle.py'], readFileSync(made.families), made.answers);
  }
  return { ...made, count: COUNT, oneDay: true };
}

/** The first lines of a file, as a file. */
export function head(path, count) {
  const lines = readFileSync(path, 'utf8').split('\n', count);
  const to = path.replace('.ndjson', `.first-${count}.ndjson`);
  writeFileSync(to, `${lines.join('\n')}\n`);
  return to;
}
