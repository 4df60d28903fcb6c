/**
 * Runs in a child process of its own: evaluates one `pack.ts` and prints its default export as JSON.
 * The parent limits memory, time and the file system; here built-in modules, other packages and the network are shut off.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const entry = process.argv[2] ?? '';
const allowed = /^(@zhengwu\/pack|@zhengwu\/contracts|typebox(\/[a-z]+)?)$/;
const own = import.meta.url;
const { stdout } = process;
const exit = process.exit.bind(process);

const folder = pathToFileURL(entry).href.replace(/[^/]*$/, '');

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? '';
    if (!parent.startsWith(folder) || specifier.startsWith('./') || specifier.startsWith('../')) return next(specifier, context);
    if (!allowed.test(specifier)) throw new Error(`a pack may import its own files, @zhengwu/pack, @zhengwu/contracts and typebox, not ${specifier}`);
    return next(specifier, { ...context, parentURL: own });
  },
});

for (const name of ['fetch', 'WebSocket', 'EventSource', 'process', 'navigator']) Reflect.deleteProperty(globalThis, name);

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const run = async (): Promise<string> => {
  try {
    const loaded = (await import(pathToFileURL(entry).href)) as { default?: unknown };
    if (loaded.default === undefined) return JSON.stringify({ error: 'pack.ts has no default export' });
    return JSON.stringify({ pack: loaded.default });
  } catch (error) {
    return JSON.stringify({ error: message(error) });
  }
};

stdout.write(await run(), () => exit(0));
