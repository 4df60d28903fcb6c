import { afterAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Files } from '@zhengwu/files';
import type { LicenceField } from './licence.ts';
import { openPrinting } from './printing.ts';
import type { ReadRow } from './store.ts';
import { composeNotice, NOTICES, type Notice } from './typeset/notice-texts.ts';
import { qrSvg } from './typeset/qr.ts';
import { amountInWords } from './typeset/receipt-text.ts';
import { openTypesetter } from './typeset/typesetter.ts';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PICTURES: Record<string, Buffer> = { good: PIXEL, broken: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200)]) };
const pictures = { has: (hash: string) => Promise.resolve(hash in PICTURES), read: (hash: string) => Promise.resolve(PICTURES[hash]) } as unknown as Files;
const printing = openPrinting(openTypesetter(), pictures, 'http://portal.test');
afterAll(() => printing.close());

const field = (key: string, value: string): LicenceField => ({ key, label: { zh: '经营范围', en: 'Scope' }, value, format: 'text', personal: false });
const licence = (layout: 'card' | 'certificate', more: Partial<ReadRow> = {}): ReadRow => {
  const fields = more.fields ?? [field('name', '云川市听潮云帆科技有限责任公司')];
  const title = { zh: '营业执照', en: 'Business licence' };
  return {
    id: '1.2.156.3005.2.11990100990000201R001.11990100990000201R.20261122000100001.001.N', type: 'business-licence', name_zh: title.zh, name_en: title.en, serial: '20261122000100001',
    version: 1, holder: '0190f7a0-0000-7000-8000-0000000000a1', holder_kind: 'institution', holder_name: '云川市听潮云帆科技有限责任公司', issuer_zh: '云川市市场监督管理局',
    issuer_en: 'Yunchuan Market Regulation Bureau', issuer_uscc: '11990100990000201R', department: 1, case_id: null, given: {}, portrait: null, replaces: true,
    template: { layout, title, rows: fields.map((one) => one.key) }, issued_at: new Date('2026-11-22T08:00:00Z'), issued_on: '2026-11-22', valid_until: null, status: 'valid',
    check_code: '7K2MQ9XD', jws: 'x', pdf_hash: null, replaced_by: null, ...more, fields,
  };
};
const text = (pdf: Buffer): string => pdf.toString('latin1');
const notice = (kind: string): Notice => ({
  kind, caseNumber: 'YC202611220000123', applicant: '云小川', service: { zh: '居民身份证补领', en: 'Identity card replacement' }, department: { zh: '云川市公安局', en: 'Yunchuan Public Security' },
  date: '2026-11-22', address: 'http://portal.test/cases/1', due: '2026-12-01', days: 10, reason: '需要实地核查', items: [{ label: '照片', why: '背景不是白色' }],
});

describe('every sheet', () => {
  test('is PDF/A-2a (ISO 19005-2), tagged, in Chinese, with embedded fonts and one page', async () => {
    for (const pdf of [await printing.licence(licence('certificate')), await printing.licence(licence('card')), await printing.notice(notice('decision'))]) {
      expect(text(pdf)).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>');
      expect(text(pdf)).toMatch(/\/StructTreeRoot/);
      expect(text(pdf)).toContain('zh-CN');
      expect(text(pdf)).toMatch(/\/FontFile[23]/);
      expect(text(pdf)).toMatch(/\/Type \/Pages\s+\/Count 1/);
    }
  });

  test('is the same byte for byte when printed again', async () => {
    const [one, two] = [await printing.licence(licence('card')), await printing.licence(licence('card'))];
    expect(one.equals(two)).toBe(true);
  });
});

describe('a licence', () => {
  test('stays on one page with many fields and very long names', async () => {
    const fields = Array.from({ length: 11 }, (_, index) => field(`f${index}`, '听潮云帆智能科技与数字内容服务'.repeat(index === 4 ? 16 : 2)));
    for (const layout of ['card', 'certificate'] as const) {
      expect(text(await printing.licence(licence(layout, { fields })))).toMatch(/\/Type \/Pages\s+\/Count 1/);
    }
  });

  test('shows the holder’s picture, and a silhouette where there is none or it is broken', async () => {
    const print = (portrait: string): Promise<Buffer> => printing.licence(licence('card', { portrait }));
    const [good, missing, broken] = [await print('good'), await print('missing'), await print('broken')];
    expect(text(good)).toContain('/Subtype /Image');
    expect(text(missing)).not.toContain('/Subtype /Image');
    expect(broken.equals(missing)).toBe(true);
  });

  test('looks otherwise once it is no longer in force', async () => {
    const [valid, revoked] = [await printing.licence(licence('card')), await printing.licence(licence('card', { status: 'revoked' }))];
    expect(valid.equals(revoked)).toBe(false);
  });

  test('takes nothing in its fields as markup', async () => {
    const pdf = await printing.licence(licence('certificate', { fields: [field('name', '#panic("x") $x$ *a* `b` <c> @d \\ " #include "base.typ"')] }));
    expect(pdf.length).toBeGreaterThan(10_000);
  });
});

describe('a notice', () => {
  test.each([
    ['acceptance', '第三十二条'], ['correction', '第三十二条'], ['notWithinScope', '第三十二条'], ['refusedAcceptance', '第三十二条'],
    ['decision', '第三十八条'], ['refusal', '第三十八条'], ['extension', '第四十二条'], ['suspension', '第四十五条'], ['revocation', '第六十九条'],
  ])('of kind %s cites 行政许可法 %s', (kind, article) => {
    expect(composeNotice(notice(kind)).zh.join('')).toContain(`《中华人民共和国行政许可法》${article}`);
  });

  test('leaves no place unfilled in either language, and prints', async () => {
    for (const kind of Object.keys(NOTICES)) {
      const composed = composeNotice(notice(kind));
      expect([...composed.zh, ...composed.en].join('')).not.toMatch(/[{}]|undefined|—/);
      expect((await printing.notice(notice(kind))).subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  test('that refuses tells of review and suit (行政许可法 §38: 告知申请人享有依法申请行政复议或者提起行政诉讼的权利)', () => {
    for (const kind of ['notWithinScope', 'refusedAcceptance', 'refusal', 'revocation']) expect(composeNotice(notice(kind)).zh.join('')).toMatch(/行政复议.*行政诉讼/);
    expect(composeNotice(notice('decision')).zh.join('')).not.toContain('行政复议');
  });

  test('of an unknown kind is refused', () => {
    expect(() => composeNotice(notice('nothing'))).toThrow(RangeError);
  });
});

describe('amounts in words (支付结算办法, annex 1)', () => {
  test.each([
    [0, '人民币零元整'], [5, '人民币伍分'], [4000, '人民币肆拾元整'], [10_050, '人民币壹佰元零伍角整'], [100_005, '人民币壹仟元零伍分'], [140_950, '人民币壹仟肆佰零玖元伍角整'],
    [168_032, '人民币壹仟陆佰捌拾元零叁角贰分'], [600_714, '人民币陆仟零柒元壹角肆分'], [10_700_053, '人民币壹拾万柒仟元零伍角叁分'], [1_640_902, '人民币壹万陆仟肆佰零玖元零贰分'], [100_000_100, '人民币壹佰万零壹元整'],
    [10_000_000_000_000, '人民币壹仟亿元整'], [10_000_000_500, '人民币壹亿零伍元整'],
  ])('%d fen is %s', (fen, words) => {
    expect(amountInWords(fen)).toBe(words);
  });

  test('different amounts read differently, without doubled or trailing zeros', () => {
    const amount = fc.integer({ min: 1, max: 99_999_999_999 });
    fc.assert(fc.property(amount, amount, (one, two) => {
      const words = amountInWords(one);
      expect(words).not.toMatch(/零零|零元|零万|零亿|undefined/);
      if (one !== two) expect(words).not.toBe(amountInWords(two));
    }));
  });
});

test('a QR code is drawn square, with four modules of quiet zone (ISO/IEC 18004)', () => {
  const svg = Buffer.from(qrSvg('http://portal.test/verify/x')).toString();
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const drawn = [...svg.matchAll(/M(\d+) (\d+)h1v1/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect((side - 8 - 17) % 4).toBe(0);
  expect(Math.min(...drawn.flat())).toBe(4);
  expect(Math.max(...drawn.flat())).toBe(side - 5);
});
