// Makes the texts of a site small, in place: scripts and styles by esbuild, for the oldest browser that we promise; the
// page and the manifest by leaving out what only their authors need. The start script takes in the glue that it imports,
// the page the styles, and the two plain scripts become one. Wasm and pictures are left alone.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRequire } from 'node:module';

const { build, transform } = createRequire(import.meta.url)('esbuild');
const OLDEST_BROWSER = 'chrome108';

const folder = process.argv[2];
await takeInGlue();
await takeInStyles();
await joinScripts();
await wasmFirst();
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
for (const entry of entries.filter((entry) => entry.isFile())) {
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  const minify = { '.js': script, '.css': style, '.html': page, '.webmanifest': manifest }[path.extname(file)];
  if (minify) await writeFile(file, await minify(await readFile(file, 'utf8')));
}

// What of the glue nobody calls is left out.
async function takeInGlue() {
  const start = path.join(folder, 'start.js');
  const contents = (await readFile(start, 'utf8')).replace(/'\/(\w+\.js)'/g, "'./$1'");
  const bundled = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: 'esm',
    minify: true,
    target: OLDEST_BROWSER,
    legalComments: 'none',
    charset: 'utf8',
    write: false,
  });
  await writeFile(start, bundled.outputFiles[0].text);
  await Promise.all(['app.js', 'unpacked.js'].map((name) => rm(path.join(folder, name))));
}

// In the order in which the page names them. On a slow line the first paint would otherwise wait for one more answer: the
// endpoint lets a page's own style through by its hash.
async function takeInStyles() {
  const file = path.join(folder, 'index.html');
  const contents = await readFile(file, 'utf8');
  const links = [...contents.matchAll(/<link rel="stylesheet" href="\/([^"/]+\.css)"\s*\/?>\s*/g)];
  const styles = await Promise.all(links.map(([, name]) => readFile(path.join(folder, name), 'utf8')));
  await Promise.all(links.map(([, name]) => rm(path.join(folder, name))));
  const [first, ...others] = links.map(([link]) => link);
  const one = others.reduce((text, link) => text.replace(link, ''), contents);
  const whole = (await style(styles.join('\n'))).trim();
  if (whole.includes('</')) throw new Error('a style must not hold a closing tag');
  await writeFile(file, one.replace(first, () => `<style>${whole}</style>\n`));
}

// The way out comes with the watchdog that calls it: two small files compress worse than one.
async function joinScripts() {
  const [file, boot, recovery] = ['index.html', 'boot.js', 'recovery.js'].map((name) => path.join(folder, name));
  const tag = /<script src="\/recovery\.js" defer(="")?><\/script>\s*/;
  const page = await readFile(file, 'utf8');
  if (!tag.test(page)) throw new Error('index.html does not name /recovery.js as it used to');
  await writeFile(file, page.replace(tag, ''));
  await writeFile(boot, `${await readFile(boot, 'utf8')};\n${await readFile(recovery, 'utf8')}`);
  await rm(recovery);
}

// What unpacks the wasm asks first, on the connection that is open already, then the wasm itself: opening another
// connection takes a slow line half a second, and what asks later waits behind the biggest file.
async function wasmFirst() {
  const file = path.join(folder, 'index.html');
  const contents = await readFile(file, 'utf8');
  const [preload] = contents.match(/<link rel="preload" href="\/app_bg\.wasm"[^>]*>/) ?? [];
  const [start] = contents.match(/<script type="module" src="\/start\.js"><\/script>/) ?? [];
  if (!preload || !start) throw new Error('index.html does not name the wasm and its start as it used to');
  const charset = '<meta charset="utf-8" />';
  const first = [charset, start, preload.replace('app_bg', 'dense'), preload].join('\n');
  await writeFile(file, contents.replace(preload, '').replace(start, '').replace(charset, first));
}

async function script(text) {
  // A plain script's names are seen by the others: they stay.
  const options = { loader: 'js', minify: true, target: OLDEST_BROWSER, legalComments: 'none', charset: 'utf8' };
  const isModule = /\bimport\.meta\b/.test(text);
  return isModule ? text : (await transform(text, options)).code;
}

async function style(text) {
  const options = { loader: 'css', minify: true, target: OLDEST_BROWSER, legalComments: 'none', charset: 'utf8' };
  return (await transform(text, options)).code;
}

function page(text) {
  return text.replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, '\n');
}

function manifest(text) {
  return JSON.stringify(JSON.parse(text));
}
