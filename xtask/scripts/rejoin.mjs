// Fails unless the phone's script makes FOLDER/module.wasm of FOLDER/travelling.wasm, byte for byte.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const folder = process.argv[2];
const script = await readFile(new URL('../../public/joined.js', import.meta.url), 'utf8');
const { joined } = await import(`data:text/javascript;base64,${Buffer.from(script).toString('base64')}`);
const [module, travelling] = await Promise.all(['module.wasm', 'travelling.wasm'].map((name) => readFile(path.join(folder, name))));
// A buffer of its own, as a fetched one is.
const rejoined = joined(Uint8Array.from(travelling).buffer);
if (!module.equals(rejoined)) throw new Error('public/joined.js does not give the module that was split');
if (!WebAssembly.validate(rejoined)) throw new Error('the module is not valid');
