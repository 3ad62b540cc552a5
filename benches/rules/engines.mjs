// Our command's answers against the oracle's, and the other engines' figures. Where answers differ there is no figure.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws where `naik-kelas decide` says anything else than the oracle. */
export function compareWithOracle(bin, pack, files) {
  const input = openSync(files.families, 'r');
  const run = spawnSync(bin, ['decide', '--pack', pack], { stdio: [input, 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 2 ** 31 });
  closeSync(input);
  if (run.status !== 0) throw new Error(`naik-kelas decide ended with ${run.status}`);
  const lines = (text) => text.split('\n').filter(Boolean);
  const ours = lines(run.stdout);
  const theirs = lines(readFileSync(files.answers, 'utf8'));
  if (ours.length !== theirs.length) throw new Error(`${ours.length} answers for ${theirs.length} families`);
  ours.forEach((line, at) => {
    const [mine, oracle] = [JSON.parse(line), JSON.parse(theirs[at])];
    for (const [id, { outcome, amount }] of Object.entries(oracle.decisions)) {
      const said = mine.decisions[id];
      if (said?.outcome !== outcome || said.amount !== amount) throw new Error(`${oracle.household_id} ${id}: ${JSON.stringify(said)}, the oracle says ${outcome} ${amount}`);
    }
    const readiness = ({ outcome, indicators }) => JSON.stringify([outcome, Object.entries(indicators).sort()]);
    if (readiness(mine.readiness) !== readiness(oracle.readiness)) throw new Error(`${oracle.household_id}: readiness ${readiness(mine.readiness)}, the oracle says ${readiness(oracle.readiness)}`);
  });
  return ours.length;
}

/** OpenFisca over the same families: all decisions, compared with the oracle by its own runner. */
export function openFisca(peers, files) {
  const python = join(peers, 'venv/bin/python');
  const out = execFileSync(python, ['-m', 'openfisca_naikkelas.run', files.families, '--check', files.answers, '--repeat', '7'], { cwd: peers, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const report = JSON.parse(out);
  if (report.compared !== files.count) throw new Error(`OpenFisca was compared on ${report.compared} of ${files.count} families`);
  return report;
}

/** ZEN, JSONLogic, CEL and a plain function, six decisions: families a second, middle of the runs. */
export function otherEngines(program, families, answers) {
  const run = spawnSync(program, [families, answers, '7'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the other engines: ${run.stdout}${run.stderr}`);
  const found = {};
  for (const [, engine, what, rate] of run.stdout.matchAll(/^(\S+)\s+(eval|with context)\s+median\s+(\d+)/gm)) (found[engine] ??= {})[what] = Number(rate);
  for (const engine of ['rust', 'zen', 'jsonlogic', 'cel']) {
    if (!found[engine]?.eval) throw new Error(`no figure of ${engine} in: ${run.stdout}`);
    if (!new RegExp(`^${engine}\\s+0 of \\d+ households differ`, 'm').test(run.stdout)) throw new Error(`${engine} was not compared`);
  }
  return found;
}
