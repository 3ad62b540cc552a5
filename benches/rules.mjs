// `cargo xtask bench rules`: how quick deciding is, natively and in a browser, beside other engines on the same families.
// Every engine's answers are compared with an oracle's before it is timed; a difference ends the bench.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { publish, say } from './report.mjs';
import { inBrowser } from './rules/browser.mjs';
import { compareWithOracle, openFisca, otherEngines } from './rules/engines.mjs';
import { families, head } from './rules/families.mjs';
import { evaluatorBytes } from './rules/wasm-bytes.mjs';

const { NK_BIN, NK_PACK, NK_NAMED_WASM, NK_RULES_WASM, NK_BENCH_OUT, NK_PEERS_RULES, NK_PEER_ENGINES, NK_PEERS_TROUBLE } = process.env;
const noPeers = NK_PEERS_TROUBLE || 'no --peers given';
const folder = join(NK_BENCH_OUT, 'families');

const files = families(folder, NK_PEERS_RULES);
say(`naik-kelas decide agrees with the oracle on ${compareWithOracle(NK_BIN, NK_PACK, files).toLocaleString('en')} families`);

const vectors = join(folder, 'vectors.txt');
const native = JSON.parse(execFileSync('cargo', ['bench', '--locked', '--quiet', '--package', 'naik-kelas-server', '--bench', 'rules', '--', NK_PACK, files.families, vectors], { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'inherit'] }));
say('native figures taken; columns agree with the other driver');

const fisca = NK_PEERS_RULES && files.oneDay ? openFisca(NK_PEERS_RULES, files) : undefined;
if (fisca) say('OpenFisca agrees with the oracle');
const engines = NK_PEER_ENGINES && files.oneDay ? otherEngines(NK_PEER_ENGINES, head(files.families, 10_000), head(files.answers, 10_000)) : undefined;
if (engines) say('ZEN, JSONLogic and CEL agree with the oracle');

const parquet = join(folder, 'synthetic.parquet');
const lines = join(folder, 'synthetic.ndjson');
const synthetic = 50_000;
execFileSync(NK_BIN, ['synth', '--count', String(synthetic), '--seed', '1', '--format', 'parquet', '-o', parquet]);
execFileSync(NK_BIN, ['synth', '--count', String(synthetic), '--seed', '1', '-o', lines]);
const simulated = (path) => JSON.parse(execFileSync(NK_BIN, ['simulate', '--pack', NK_PACK, '--households', path, '--threads', '1', '--json'], { encoding: 'utf8', maxBuffer: 2 ** 28 }));
const [fromLines, fromParquet] = [simulated(lines), simulated(parquet)];
const told = ({ all }) => JSON.stringify(all);
if (told(fromLines) !== told(fromParquet)) throw new Error('the same families from Parquet and from lines are decided otherwise');
const rowsPerSecond = ({ families: count, seconds }) => count / seconds.reading_all_threads;

const wasm = await inBrowser({ folder: NK_RULES_WASM, pack: NK_PACK, vectors });
say(`wasm in Chromium agrees with the native build on ${wasm.families} families`);
const bytes = evaluatorBytes(NK_NAMED_WASM);

const { one, columns, memory } = native;
const perSecond = 'families/s';
const peers = [fisca && { name: 'OpenFisca', value: fisca.households_per_s_compute }, engines && { name: 'JSONLogic, six decisions', value: engines.jsonlogic.eval },
  engines && { name: 'ZEN, six decisions', value: engines.zen.eval }, engines && { name: 'CEL, six decisions', value: engines.cel.eval }].filter(Boolean);
const best = [...peers].sort((a, b) => b.value - a.value)[0];
const micros = (engine) => engines && { name: `${engine}, six decisions`, value: 1e6 / engines[engine.toLowerCase()].eval };
const copyBytes = memory.copy_gb_per_second.median * 1e9;
const peerRow = (row, peer) => (peer ? { ...row, peer } : row);

publish('rules', [
  peerRow({ what: 'columns, one core: all decisions and readiness', value: columns.one_core_per_second.median, unit: perSecond, least: 2_000_000, timesPeerAtLeast: 5 }, best),
  ...peers.filter((peer) => peer !== best).map((peer) => ({ what: 'columns, one core, beside', value: columns.one_core_per_second.median, unit: perSecond, peer })),
  { what: 'columns, two cores', value: columns.two_cores_per_second.median, unit: perSecond, note: `${(columns.two_cores_per_second.median / columns.one_core_per_second.median).toFixed(2)} × one core` },
  peerRow({ what: 'columns, fastest pass of one core', value: columns.one_core_per_second.max, unit: perSecond }, engines && { name: 'a plain function, six decisions', value: engines.rust.eval }),
  { what: 'columns: bytes of facts a second, one core', value: columns.bytes_a_family * columns.one_core_per_second.median / 1e9, unit: 'GB/s', note: `${columns.bytes_a_family.toFixed(0)} bytes a family`, peer: { name: 'copy of memory', value: copyBytes / 1e9 } },
  peerRow({ what: 'one family decided, native, median', value: one.decided_us.median, unit: 'µs' }, micros('JSONLogic')),
  { what: 'one family decided, native, p95', value: one.decided_us.p95, unit: 'µs' },
  peerRow({ what: 'one family decided and explained, native, median', value: one.explained_us.median, unit: 'µs' }, micros('CEL')),
  { what: 'one family decided and explained, native, p95', value: one.explained_us.p95, unit: 'µs' },
  { what: 'with what would change it, native, median', value: one.with_changes_us.median, unit: 'µs' },
  { what: 'one family decided and explained, wasm in Chromium, median', value: wasm.explain_1x_us.median, unit: 'µs', most: 60 },
  { what: 'one family decided and explained, wasm in Chromium, p95', value: wasm.explain_1x_us.p95, unit: 'µs', most: 60 },
  { what: 'one family decided, wasm in Chromium, median', value: wasm.decide_1x_us.median, unit: 'µs' },
  { what: 'one family decided, wasm, processor slowed 6 times, median', value: wasm.decide_6x_us.median, unit: 'µs' },
  { what: 'one family decided and explained, wasm, slowed 6 times, median', value: wasm.explain_6x_us.median, unit: 'µs' },
  { what: "evaluator's part of the app's download", value: bytes.brotli, unit: 'bytes', most: 20_000, note: `brotli; ${bytes.functions} functions, ${bytes.plain} bytes plain, ${bytes.alone} compressed alone` },
  peerRow({ what: 'reading NDJSON, one thread', value: native.reading_lines.median, unit: 'rows/s' }, fisca && { name: 'OpenFisca', value: fisca.households / fisca.load_s }),
  { what: 'reading NDJSON in simulate, one thread', value: rowsPerSecond(fromLines), unit: 'rows/s' },
  { what: 'reading Parquet in simulate, one thread', value: rowsPerSecond(fromParquet), unit: 'rows/s' },
  ...(peers.length ? [] : [{ what: 'other engines on the same families', notMeasured: noPeers }]),
], { native, wasm, bytes, fisca, engines, families: files });
