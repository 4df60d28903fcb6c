import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docx, packed, pdf } from './classified.fixture.ts';
import { createFiles, documentText, openLocalStore, type FileNews, type Files } from './index.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let folder: string;
let files: Files;
const news: FileNews[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-classified-'));
  files = await createFiles({ store: await openLocalStore(join(folder, 'store')), folder, maxBytes: 5_000_000 });
  files.onNews((one) => void news.push(one));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const left = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const hash of files.list()) found.push(hash);
  return [...found, ...(await readdir(join(folder, 'incoming')))];
};

describe('a document with the mark of a state secret (GB/T 9704-2012 7.2.2; 保守国家秘密法 §30: not on an extranet)', () => {
  test.each<[string, string, Buffer, string, string]>([
    ['plain text', 'text/plain', Buffer.from('000012\n机密★10年\n特急\n关于…的通知\n'), 'a.txt', '机密'],
    ['Word, the mark in two runs', WORD, docx(['云川市人民政府文件'], ['绝密', '★长期']), 'a.docx', '绝密'],
    ['Word, in the header of the page', WORD, packed({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:p/>', 'word/header1.xml': '<w:p><w:r><w:t>秘密★5年</w:t></w:r></w:p>' }), 'a.docx', '秘密'],
    ['a sheet', SHEET, packed({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/sharedStrings.xml': '<sst><si><t>机密★3年</t></si></sst>' }), 'a.xlsx', '机密'],
    ['OFD (GB/T 33190)', 'application/ofd', packed({ 'OFD.xml': '<OFD/>', 'Doc_0/Pages/Page_0/Content.xml': '<ofd:TextObject><ofd:TextCode>秘密★1年</ofd:TextCode></ofd:TextObject>' }), 'a.ofd', '秘密'],
    ['PDF', 'application/pdf', pdf(['机密★10年', '关于…的报告']), 'a.pdf', '机密'],
    ['PDF, each character set apart', 'application/pdf', pdf(['机密★10年'], { apart: true }), 'a.pdf', '机密'],
    ['PDF, by its title', 'application/pdf', pdf(['报告'], { title: '绝密★启用前 试卷' }), 'a.pdf', '绝密'],
    ['any, by its name', 'text/plain', Buffer.from('略\n'), '秘密★5年 方案.txt', '秘密'],
  ])('%s: refused, told of, and nothing of it left', async (_, type, body, name, level) => {
    news.length = 0;
    await expect(files.put(body, { declaredType: type, name })).rejects.toMatchObject({ code: 'file.classified', params: { level } });
    expect(news).toEqual([{ kind: 'classified', hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string, level, sender: null }]);
    expect(await left()).toEqual([]);
  });

  test('one that arrived in parts is gone too', async () => {
    const body = pdf(['绝密★长期']);
    await files.uploads.append('upload-classified', 0, body.subarray(0, 100), 1_000_000);
    await files.uploads.append('upload-classified', 100, body.subarray(100), 1_000_000);
    await expect(files.complete('upload-classified', { declaredType: 'application/pdf', name: 'a.pdf' })).rejects.toMatchObject({ code: 'file.classified' });
    expect(await files.uploads.offset('upload-classified')).toBe(0);
    expect(await left()).toEqual([]);
  });

  test.each<[string, string, Buffer, string]>([
    ['a text about secrecy', 'text/plain', Buffer.from('各单位应保守国家秘密\n★ 重要提示：国家秘密分绝密、机密、秘密三级\n'), 'a.txt'],
    ['a PDF about secrecy', 'application/pdf', pdf(['应保守国家秘密', '★ 重要提示']), 'b.pdf'],
    ['a PDF about business secrets', 'application/pdf', pdf(['商业秘密★5年']), 'c.pdf'],
    ['a Word document', WORD, docx(['居住证明'], ['商业', '秘密', '保护条款']), 'd.docx'],
  ])('%s is taken', async (_, type, body, name) => expect(await files.put(body, { declaredType: type, name })).toMatchObject({ isHeld: false }));
});

describe('the words of a document', () => {
  test('of PDF, packed or not', async () => {
    for (const isPacked of [true, false]) expect(await documentText(pdf(['云川市', '公民 A-1'], { isPacked }), 'application/pdf')).toContain('云川市\n公民 A-1');
  });
  test('whatever bytes come, there is an answer', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('application/pdf', WORD, 'text/plain'), fc.constantFrom('', '%PDF-1 1 0 obj << /Filter /FlateDecode >> stream\n', 'PK\x03\x04', '1 0 obj << /Type /ObjStm /First 9 >>stream\n1 0 2 4 '), async (bytes, type, head) => {
      expect(typeof (await documentText(Buffer.concat([Buffer.from(head, 'latin1'), bytes]), type))).toBe('string');
    }), { numRuns: 200 });
  });
  test('what is made to be slow is not', async () => {
    for (const unit of ['1 0 obj ', '1 0 obj stream\n', '(', '<', '/a ', 'beginbfchar ', '1 0 obj <</ToUnicode 1 0 R>> ']) {
      const from = Date.now();
      await documentText(Buffer.from(`%PDF-1 1 0 obj <<>> stream\nTj ${unit.repeat(Math.floor(2_000_000 / unit.length))}`), 'application/pdf');
      expect(Date.now() - from, unit).toBeLessThan(5000);
    }
  });
});
