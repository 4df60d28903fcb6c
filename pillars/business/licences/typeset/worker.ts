import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** What the worker thread is started with: folders of fonts and the folder of templates. */
export interface Press {
  templates: string;
  fonts: string[];
}

/** One sheet to set: `data` is JSON read by the template, `assets` are files it may name. */
export interface Order {
  id: number;
  template: string;
  data: string;
  assets: { path: string; bytes: Uint8Array }[];
  /** Seconds since the epoch, written into the PDF; the same order always gives the same bytes. */
  createdAt: number;
}

export type Print = { id: number; pdf: Uint8Array } | { id: number; error: string };

/** Old memoised layouts are dropped after this many sheets without use. */
const KEEP_SHEETS = 20;

const press = workerData as Press;
const compiler = NodeCompiler.create({ workspace: press.templates, fontArgs: [{ fontPaths: press.fonts }] });

const diagnosis = (messages: unknown[]): string =>
  messages.map((one) => (typeof one === 'object' && one && 'message' in one ? String(one.message) : String(one))).join('; ');

const print = (order: Order): Print => {
  try {
    for (const asset of order.assets) compiler.mapShadow(`${press.templates}/${asset.path}`, Buffer.from(asset.bytes));
    const compiled = compiler.compile({ mainFilePath: `${press.templates}/${order.template}.typ`, inputs: { data: order.data } });
    const sheet = compiled.result;
    if (!sheet) {
      const failure = compiled.takeDiagnostics();
      return { id: order.id, error: failure ? diagnosis(compiler.fetchDiagnostics(failure)) : 'nothing was set' };
    }
    const pdf = compiler.pdf(sheet, { pdfStandard: 'a-2a', creationTimestamp: order.createdAt });
    return { id: order.id, pdf: new Uint8Array(pdf) };
  } catch (error) {
    return { id: order.id, error: error instanceof Error ? error.message : String(error) };
  } finally {
    for (const asset of order.assets) compiler.unmapShadow(`${press.templates}/${asset.path}`);
    compiler.evictCache(KEEP_SHEETS);
  }
};

parentPort?.on('message', (order: Order) => {
  const done = print(order);
  parentPort?.postMessage(done, 'pdf' in done ? [done.pdf.buffer as ArrayBuffer] : []);
});
