// What a bench says: rows with a figure, what it should reach, what another tool reached in the same run, and the verdict.
// A row that misses its target says by how much; one that could not be measured says why. Neither is left out.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ what: string, value?: number, unit?: string, most?: number, least?: number, peer?: { name: string, value: number },
 *   timesPeerAtLeast?: number, timesPeerAtMost?: number, note?: string, notMeasured?: string, detail?: unknown }} Row */

const digits = (value) => {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3).includes('e') ? value.toFixed(0) : value.toPrecision(3);
};
const figure = (value, unit) => (value === undefined || value === null ? '' : `${digits(value)}${unit ? ` ${unit}` : ''}`);

/** Targets that a row misses, in words; none where it reaches them all. */
export function misses(row) {
  const found = [];
  const part = (by) => `${(by * 100).toFixed(by < 0.1 ? 1 : 0)} %`;
  if (row.most !== undefined && row.value > row.most) found.push(`${part(row.value / row.most - 1)}`);
  if (row.least !== undefined && row.value < row.least) found.push(`${part(1 - row.value / row.least)}`);
  const times = ratio(row);
  if (times !== undefined) {
    if (row.timesPeerAtLeast !== undefined && times < row.timesPeerAtLeast) found.push(`${part(1 - times / row.timesPeerAtLeast)} (ratio)`);
    if (row.timesPeerAtMost !== undefined && times > row.timesPeerAtMost) found.push(`${part(times / row.timesPeerAtMost - 1)} (ratio)`);
  }
  return found;
}

const ratio = (row) => (row.peer?.value ? row.value / row.peer.value : undefined);

function target(row) {
  const parts = [];
  if (row.most !== undefined) parts.push(`≤ ${figure(row.most, row.unit)}`);
  if (row.least !== undefined) parts.push(`≥ ${figure(row.least, row.unit)}`);
  if (row.timesPeerAtLeast !== undefined) parts.push(`≥ ${row.timesPeerAtLeast} × peer`);
  if (row.timesPeerAtMost !== undefined) parts.push(`≤ ${row.timesPeerAtMost} × peer`);
  return parts.join(', ');
}

export function verdict(row) {
  if (row.notMeasured) return `not measured: ${row.notMeasured}`;
  const missed = misses(row);
  if (missed.length) return `MISSED by ${missed.join(', ')}`;
  const compares = row.timesPeerAtLeast !== undefined || row.timesPeerAtMost !== undefined;
  if (compares && ratio(row) === undefined) return row.most ?? row.least ? 'ok; peer not measured' : 'peer not measured';
  return target(row) ? 'ok' : '';
}

/** A table for a terminal, which is also Markdown. */
export function table(rows) {
  const cells = [['what', 'measured', 'target', 'peer in this run', 'ratio', 'verdict'], ...rows.map((row) => [
    row.what + (row.note ? ` (${row.note})` : ''), row.notMeasured ? '–' : figure(row.value, row.unit), target(row),
    row.peer ? `${row.peer.name} ${figure(row.peer.value, row.unit)}` : '', ratio(row) === undefined ? '' : `${digits(ratio(row))} ×`, verdict(row)])];
  const widths = cells[0].map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  const lines = cells.map((line) => `| ${line.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

/** Prints the table and writes `target/bench/<group>.json`. */
export function publish(group, rows, more = {}) {
  const folder = process.env.NK_BENCH_OUT ?? 'target/bench';
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0].model.trim(), cores: cpus().length, memory_gib: Math.round(totalmem() / 2 ** 30), node: process.version, load_average: loadavg()[0] };
  const told = rows.map((row) => ({ ...row, ratio: ratio(row), verdict: verdict(row) }));
  const file = join(folder, `${group}.json`);
  writeFileSync(file, `${JSON.stringify({ group, at: new Date().toISOString(), machine, rows: told, ...more }, null, 1)}\n`);
  console.log(`\n${table(rows)}\n\n${machine.cores} cores of ${machine.cpu}, load ${machine.load_average.toFixed(1)} at the end; all figures in ${file}`);
}

export const quantile = (figures, part) => {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = Math.floor(at);
  return sorted.length ? sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low) : undefined;
};
export const median = (figures) => quantile(figures, 0.5);
export const mean = (figures) => figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
export const say = (line) => console.error(`    ${line}`);
