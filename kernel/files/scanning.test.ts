import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFiles, type Files } from './files.ts';
import { samples } from './files.fixture.ts';
import { openLocalStore } from './local-store.ts';
import type { FileNews } from './quarantine.ts';
import { openClamd, ScannerAway, type Scanner, type Verdict } from './scanner.ts';

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-scanning-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let n = 0;
const open = async (scanner?: Scanner, inlineSeconds = 1): Promise<{ files: Files; news: FileNews[]; at: string }> => {
  const at = join(folder, `f${n++}`);
  const news: FileNews[] = [];
  const files = await createFiles({
    store: await openLocalStore(join(at, 'store')), folder: at, maxBytes: 30_000_000,
    ...(scanner ? { scanning: { scanner, quarantine: await openLocalStore(join(at, 'quarantine')), inlineSeconds } } : {}),
  });
  files.onNews((one) => news.push(one));
  return { files, news, at };
};
const of = (verdict: Verdict | Error): Scanner => ({ scan: () => (verdict instanceof Error ? Promise.reject(verdict) : Promise.resolve(verdict)) });
const put = (files: Files, content: Buffer, type: string, name = 'a') => files.put(content, { declaredType: type, name });
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'taken', (error: { code: string }) => error.code);

interface Packed {
  name: string;
  content: Buffer;
  /** What the directory says the size is. */
  told?: number;
}
/** A deflated zip whose directory may lie. */
const zipOf = (entries: readonly Packed[]): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, told = content.length } of entries) {
    const [title, packed] = [Buffer.from(name), deflateRawSync(content)];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(told, 22);
    local.writeUInt16LE(title.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(told, 24);
    central.writeUInt16LE(title.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, title, packed);
    centrals.push(central, title);
    offset += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};
const docx = (...more: Packed[]): Buffer => zipOf([{ name: '[Content_Types].xml', content: Buffer.from('<Types/>') }, { name: 'word/document.xml', content: Buffer.from('<w:document/>') }, ...more]);
const pdf = (inside: string | Buffer): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(inside), Buffer.from('\ntrailer <</Root 1 0 R>>\n%%EOF\n')]);
const objectStream = (text: string): Buffer => {
  const packed = deflateSync(text);
  return Buffer.concat([Buffer.from(`5 0 obj <</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length}>>\nstream\n`), packed, Buffer.from('\nendstream endobj')]);
};
const PDF = 'application/pdf';
const DOCX = samples['docx']!.type;
const png = samples['png']!.content;

describe('content rules, without any scanner', () => {
  test.each<[string, Buffer, string, string]>([
    ['EICAR as text', Buffer.from(EICAR), 'text/plain', 'file.infected'],
    ['EICAR deep in a text', Buffer.from(`${'x'.repeat(5000)}\n${EICAR}\n`), 'text/plain', 'file.infected'],
    ['EICAR packed in a document', docx({ name: 'word/media/a.txt', content: Buffer.from(EICAR) }), DOCX, 'file.unsafe'],
    ['a picture with a script behind it', Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]), 'image/png', 'file.unsafe'],
    ['a picture with an archive behind it', Buffer.concat([png, docx()]), 'image/png', 'file.unsafe'],
    ['a picture with a PDF behind it', Buffer.concat([png, pdf('1 0 obj endobj')]), 'image/png', 'file.unsafe'],
    ['a PDF with an archive in it', pdf(docx()), PDF, 'file.unsafe'],
    ['a PDF with a script', pdf('1 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj'), PDF, 'file.active-pdf'],
    ['a PDF with a script under an escaped name', pdf('1 0 obj <</S /Java#53cript /JS (x)>> endobj'), PDF, 'file.active-pdf'],
    ['a PDF with a script in a compressed object', pdf(objectStream('1 0 <</S /JavaScript /JS (x)>>')), PDF, 'file.active-pdf'],
    ['a PDF whose compressed objects can’t be read', pdf('5 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\nrubbish\nendstream endobj'), PDF, 'file.active-pdf'],
    ['a PDF that starts a program', pdf('1 0 obj <</S/Launch/F(cmd.exe)>> endobj'), PDF, 'file.active-pdf'],
    ['a PDF with an attached file', pdf('1 0 obj <</Type/Filespec/EF<</F 2 0 R>>>> endobj 2 0 obj <</Type/EmbeddedFile>> endobj'), PDF, 'file.active-pdf'],
    ['an encrypted PDF', pdf('1 0 obj endobj trailer <</Encrypt 9 0 R>>'), PDF, 'file.encrypted'],
    ['a document with macros', docx({ name: 'word/vbaProject.bin', content: Buffer.from('x') }), DOCX, 'file.unsafe'],
    ['a document with an embedded object', docx({ name: 'word/embeddings/oleObject1.bin', content: Buffer.from('x') }), DOCX, 'file.unsafe'],
    ['a document that fetches its template', docx({ name: 'word/_rels/settings.xml.rels', content: Buffer.from('<Relationship Type="http://x/attachedTemplate" Target="http://evil.example/t" TargetMode="External"/>') }), DOCX, 'file.unsafe'],
    ['a program in a document', docx({ name: 'word/media/image1.png', content: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]) }), DOCX, 'file.unsafe'],
    ['an archive in a document', docx({ name: 'word/media/a.zip', content: docx() }), DOCX, 'file.unsafe'],
    ['a bomb by its ratio', docx({ name: 'word/a.xml', content: Buffer.alloc(8_000_000) }), DOCX, 'file.unsafe'],
    ['an archive whose directory says more than there is', docx({ name: 'word/a.xml', content: Buffer.from('<a/>'), told: 5000 }), DOCX, 'file.unsafe'],
    ['a bomb whose directory lies', docx({ name: 'word/a.xml', content: Buffer.alloc(8_000_000), told: 1000 }), DOCX, 'file.unsafe'],
  ])('%s is refused', async (_, content, type, code) => {
    const { files, at } = await open();
    expect(await codeOf(put(files, content, type))).toBe(code);
    expect(await readdir(join(at, 'incoming'))).toEqual([]);
  });

  test.each([
    ['a plain PDF', pdf('1 0 obj <</Type /Catalog>> endobj'), PDF], ['a PDF with compressed objects', pdf(objectStream('1 0 <</Type /Catalog>>')), PDF], ['a document', docx(), DOCX],
    ['a document with a picture and a link', docx({ name: 'word/media/image1.png', content: png }, { name: 'word/_rels/document.xml.rels', content: Buffer.from('<Relationship Type="http://x/hyperlink" Target="https://example.org" TargetMode="External"/>') }), DOCX],
    ['a picture', png, 'image/png'],
  ])('%s is taken', async (_, content, type) => expect(await codeOf(put((await open()).files, content as Buffer, type as string))).toBe('taken'));
});

describe('quarantine', () => {
  test('what the scanner finds clean is there at once; what it finds infected is refused, told, and nowhere', async () => {
    const clean = await open(of({ isClean: true }));
    const stored = await put(clean.files, png, 'image/png');
    expect([stored.isHeld, (await clean.files.read(stored.hash)).equals(png)]).toEqual([false, true]);
    const bad = await open(of({ isClean: false, signature: 'Test.Bad' }));
    await expect(put(bad.files, png, 'image/png')).rejects.toMatchObject({ code: 'file.infected', params: { signature: 'Test.Bad' } });
    expect(bad.news).toEqual([{ kind: 'infected', hash: stored.hash, signature: 'Test.Bad', wasHeld: false }]);
    expect([await bad.files.has(stored.hash), await codeOf(bad.files.open(stored.hash))]).toEqual([false, 'file.missing']);
  });

  test('with the scanner away nothing is lost and nobody gets the file, until it is found clean; a restart forgets nothing', async () => {
    let verdict: Verdict | Error = new ScannerAway('away');
    const { files, news, at } = await open({ scan: () => (verdict instanceof Error ? Promise.reject(verdict) : Promise.resolve(verdict)) });
    const { hash, isHeld } = await put(files, png, 'image/png');
    expect(isHeld).toBe(true);
    expect([await codeOf(files.open(hash)), await codeOf(files.read(hash)), await files.has(hash), [...(await files.held([hash]))]]).toEqual(['file.checking', 'file.checking', false, [hash]]);
    expect(news).toEqual([{ kind: 'held', hash, reason: 'away' }]);
    expect(await files.recheck()).toMatchObject({ waiting: 1, isAway: true, clean: [] });
    const again = await createFiles({ store: await openLocalStore(join(at, 'store')), folder: at, maxBytes: 1000, scanning: { scanner: of({ isClean: true }), quarantine: await openLocalStore(join(at, 'quarantine')) } });
    expect(await again.recheck()).toEqual({ clean: [hash], refused: [], waiting: 0, isAway: false });
    expect((await again.read(hash)).equals(png)).toBe(true);
    verdict = { isClean: true };
    expect((await files.recheck()).waiting).toBe(0);
  });

  test('what turns out infected later goes, and whoever listens hears of it', async () => {
    let verdict: Verdict | Error = new ScannerAway('away');
    const { files, news } = await open({ scan: () => (verdict instanceof Error ? Promise.reject(verdict) : Promise.resolve(verdict)) });
    const { hash } = await put(files, png, 'image/png');
    verdict = { isClean: false, signature: 'Late.Bad' };
    expect((await files.recheck()).refused).toEqual([{ hash, signature: 'Late.Bad' }]);
    expect(news.at(-1)).toEqual({ kind: 'infected', hash, signature: 'Late.Bad', wasHeld: true });
    expect(await codeOf(files.open(hash))).toBe('file.missing');
  });

  test('a slow scanner keeps the sender waiting no longer than said', async () => {
    const slow: Scanner = { scan: (_, signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new ScannerAway('slow')), { once: true })) };
    const { files } = await open(slow, 0.2);
    const began = performance.now();
    expect((await put(files, png, 'image/png')).isHeld).toBe(true);
    expect(performance.now() - began).toBeLessThan(1500);
  });

  test('files that we made ourselves are not looked at', async () => {
    const { files } = await open(of(new ScannerAway('away')));
    const { hash } = await files.keep(png, { type: 'image/png', name: 'a' });
    expect((await files.read(hash)).equals(png)).toBe(true);
  });
});

describe('clamd’s protocol', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));
  /** A peer that speaks INSTREAM and says what `answer` makes of what it was sent. */
  const peer = async (answer: (body: Buffer) => string | null): Promise<string> => {
    const server = createServer((socket) => {
      let heard = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        heard = Buffer.concat([heard, chunk]);
        const parts: Buffer[] = [];
        for (let at = 'zINSTREAM\0'.length; at + 4 <= heard.length;) {
          const length = heard.readUInt32BE(at);
          if (length === 0) {
            const said = answer(Buffer.concat(parts));
            return void (said === null ? socket.destroy() : socket.end(`${said}\0`));
          }
          parts.push(heard.subarray(at + 4, at + 4 + length));
          at += 4 + length;
        }
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as { port: number }).port}`;
  };
  const scanOf = async (address: string, seconds?: number): Promise<Verdict | string> => {
    const { files, at } = await open();
    const big = Buffer.concat([png, Buffer.alloc(300_000, 7)]);
    const { hash } = await put(files, big, 'image/png');
    const path = join(at, 'store', hash.slice(0, 2), hash.slice(2, 4), hash);
    return openClamd(address, seconds).scan(path).catch((error: Error) => error.name);
  };

  test('sends the whole body in chunks and reads both answers; errors, silence and absence are no verdict', async () => {
    let heard = '';
    const clean = await peer((body) => {
      heard = createHash('sha256').update(body).digest('hex');
      return 'stream: OK';
    });
    expect(await scanOf(clean)).toEqual({ isClean: true });
    expect(heard).toBe(createHash('sha256').update(Buffer.concat([png, Buffer.alloc(300_000, 7)])).digest('hex'));
    expect(await scanOf(await peer(() => 'stream: Eicar-Test FOUND'))).toEqual({ isClean: false, signature: 'Eicar-Test' });
    expect(await scanOf(await peer(() => 'INSTREAM size limit exceeded. ERROR'))).toBe('ScannerAway');
    expect(await scanOf(await peer(() => null))).toBe('ScannerAway');
    expect(await scanOf('127.0.0.1:1')).toBe('ScannerAway');
    expect(await scanOf('/nowhere/clamd.sock')).toBe('ScannerAway');
    const silent = createServer(() => undefined);
    servers.push(silent);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    expect(await scanOf(`127.0.0.1:${(silent.address() as { port: number }).port}`, 0.3)).toBe('ScannerAway');
  });
});
