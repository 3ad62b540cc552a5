// Makes the texts of a site small, in place: scripts and styles by esbuild, for the oldest browser that we promise; the
// page and the manifest by leaving out what only their authors need. Wasm and pictures are left alone.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRequire } from 'node:module';

const { transform } = createRequire(import.meta.url)('esbuild');
const OLDEST_BROWSER = 'chrome108';

const folder = process.argv[2];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
for (const entry of entries.filter((entry) => entry.isFile())) {
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  const minify = { '.js': script, '.css': style, '.html': page, '.webmanifest': manifest }[path.extname(file)];
  if (minify) await writeFile(file, await minify(await readFile(file, 'utf8')));
}

async function script(text) {
  // Only a module's own names may be shortened: those of a plain script are seen by the others.
  const isModule = /^\s*(import|export)\b/m.test(text);
  const options = { loader: 'js', minify: true, target: OLDEST_BROWSER, legalComments: 'none', charset: 'utf8' };
  return (await transform(text, isModule ? { ...options, format: 'esm' } : options)).code;
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
