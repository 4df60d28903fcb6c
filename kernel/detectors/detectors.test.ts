import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeCitizenNumber, composeUscc, isUscc, uuidv7 } from '@zhengwu/ids';
import { FINDING_KINDS, isBankCard, scanText, secrecyMarksIn, SENSITIVE_KINDS, tallyOf, veil, type FindingKind } from './index.ts';

const CITIZEN = composeCitizenNumber({ division: '990102', birth: '1990-03-07', sequence: 123 });
const WITH_X = Array.from({ length: 999 }, (_, i) => composeCitizenNumber({ division: '990102', birth: '1988-11-22', sequence: i + 1 })).find((number) => number.endsWith('X')) as string;
const card = (digits: number): string => {
  for (let n = 0; ; n++) {
    const one = `62${String(n).padStart(digits - 2, '1')}`;
    if (isBankCard(one)) return one;
  }
};
const kindsIn = (text: string): FindingKind[] => scanText(text, SENSITIVE_KINDS).map(({ kind }) => kind);

describe('numbers', () => {
  test.each<[string, string, FindingKind[]]>([
    ['a citizen number (GB 11643)', `号码 ${CITIZEN}，`, ['citizen-number']],
    ['one that ends in X', `(${WITH_X})`, ['citizen-number']],
    ['one that ends in a small x', WITH_X.toLowerCase(), ['citizen-number']],
    ['full-width digits', [...WITH_X].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''), ['citizen-number']],
    ['spaces between groups', `${CITIZEN.slice(0, 6)} ${CITIZEN.slice(6, 14)} ${CITIZEN.slice(14)}`, ['citizen-number']],
    ['hyphens', `${CITIZEN.slice(0, 6)}-${CITIZEN.slice(6, 14)}-${CITIZEN.slice(14)}`, ['citizen-number']],
    ['every digit apart', [...CITIZEN].join(' '), ['citizen-number']],
    ['X apart', `${WITH_X.slice(0, 17)} X`, ['citizen-number']],
    ['two beside each other', `${CITIZEN} ${WITH_X}`, ['citizen-number', 'citizen-number']],
    ['a wrong check digit', CITIZEN.slice(0, 17) + String((Number(CITIZEN.at(-1)) + 1) % 10), []],
    ['inside a longer number', `${CITIZEN}0`, []],
    ['after a letter', `A${CITIZEN}`, []],
    ['fifteen digits without a word', '990102900307123', []],
    ['fifteen digits after a word', '身份证号：990102900307123', ['citizen-number']],
    ['fifteen digits, no such day', '身份证号：990102901307123', []],
    ['a mobile phone', '13800138000', ['mobile-phone']],
    ['+86', '+86 138 0013 8000 ', ['mobile-phone']],
    ['8613…', '8613800138000', ['mobile-phone']],
    ['a landline', '0871-63178000', []],
    ['a phone inside a decimal', '0.13800138000', []],
    ['a phone before a decimal', '13800138000.55', []],
    ['a card of UnionPay', card(19), ['bank-card']],
    ['a card in fours', card(16).replaceAll(/(\d{4})(?=\d)/g, '$1 '), ['bank-card']],
    ['Visa', '4111111111111111', ['bank-card']],
    ['a card with a wrong check digit', '4111111111111112', []],
    ['fours that go on', '4111 1111 1111 1111 4111 1111', []],
    ['masked', '990*************1X 138****8000 62**********0128', []],
    ['a case number', '990100202611220000017', []],
    ['a time', '2026-11-22 02:48:44.123456', []],
    ['milliseconds', '1795315724123', []],
  ])('%s', (_, text, kinds) => expect(kindsIn(text)).toEqual(kinds));

  test('one digit in ten passes Luhn, and only within an issuer’s range (ISO/IEC 7812-1 Annex B)', () => {
    expect(Array.from({ length: 10 }, (_, digit) => isBankCard(`622202123456789012${digit}`)).filter(Boolean)).toHaveLength(1);
    expect(isBankCard('1111111111111117')).toBe(false);
  });

  test('unified credit codes (GB 32100) are public and told apart', () => {
    const code = composeUscc({ registrar: '9', kind: '1', division: '990102', organisation: 'MA5K6X8N5' });
    expect(isUscc(code)).toBe(true);
    expect(kindsIn(code)).toEqual([]);
    expect(tallyOf(scanText(code, FINDING_KINDS))).toEqual({ 'organisation-code': 1 });
  });

  test('travel documents need a word that names them', () => {
    expect(kindsIn('护照 E12345678')).toEqual(['travel-document']);
    expect(kindsIn('设备 E12345678')).toEqual([]);
  });

  test('no finding holds the value', () => {
    const text = `${CITIZEN} ${WITH_X} 13800138000 ${card(19)} passport E12345678 AKIAABCDEFGHIJKLMNOP`;
    const found = scanText(text, FINDING_KINDS);
    expect(found).toHaveLength(6);
    for (const { at, length, sample } of found) expect(sample).not.toBe(text.slice(at, at + length));
    expect(kindsIn(veil(text, found))).toEqual([]);
    expect(veil(text, found)).toHaveLength(text.length);
  });

  test('a number is found wherever it stands, and only it (random text around)', () => {
    const around = fc.string({ unit: fc.constantFrom(...'abc，。:"{}[]\n的 ★'), maxLength: 60 }).map((text) => `${text}"`);
    fc.assert(fc.property(around, around, fc.constantFrom<[string, FindingKind]>([CITIZEN, 'citizen-number'], [WITH_X, 'citizen-number'], ['13912345678', 'mobile-phone'], [card(16), 'bank-card']), (left, right, [value, kind]) => {
      const text = `${left}${value}"${right}`;
      expect(scanText(text, SENSITIVE_KINDS.filter((one) => one !== 'secrecy-mark'))).toMatchObject([{ kind, at: left.length, length: value.length }]);
    }));
  });

  test('nothing is found inside longer runs of digits', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 30 });
    fc.assert(fc.property(digits, digits, (left, right) => {
      expect(kindsIn(`${left}${CITIZEN}0000${right}`)).toEqual([]);
    }));
  });

  test('UUIDs are not numbers', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => {
      expect(kindsIn(`{"id":"${uuid}"}`)).toEqual([]);
    }), { numRuns: 500 });
    expect(kindsIn('62220212-3456-4890-8123-138001380009')).toEqual([]);
    expect(kindsIn(uuidv7())).toEqual([]);
  });
});

describe('secrets', () => {
  test.each([['-----BEGIN PRIVATE KEY-----'], ['-----BEGIN RSA PRIVATE KEY-----\\nMII'], ['AKIAABCDEFGHIJKLMNOP'], [`ghp_${'a'.repeat(36)}`]])('%s', (text) => expect(kindsIn(`x "${text}"`)).toEqual(['secret']));
  test('certificates and public keys are none', () => expect(kindsIn('-----BEGIN CERTIFICATE----- -----BEGIN PUBLIC KEY-----')).toEqual([]));
});

describe('secrecy marks (GB/T 9704-2012 7.2.2)', () => {
  test.each<[string, string[]]>([
    ['机密★10年', ['机密']], ['绝密★长期', ['绝密']], ['绝密★启用前', ['绝密']], ['秘　密 ★ 5 年', ['秘密']], ['机密*10年', ['机密']], ['000012\n机密\n特急\n云川市人民政府文件', ['机密']], ['秘密 5年\n通知', ['秘密']],
    ['保守国家秘密，人人有责', []], ['商业秘密★5年', []], ['工作秘密★1年', []], ['密码*', []], ['国家秘密的密级分为绝密、机密、秘密三级', []], [`${'云'.repeat(500)}\n机密\n`, []],
  ])('%s', (text, levels) => expect(secrecyMarksIn(text).map(({ sample }) => sample)).toEqual(levels));
});

test('time grows with the length, whatever is sent (linear)', () => {
  const hard = ['1 ', '13800138000 ', '6222 ', '密', '秘 ', '-', '9', 'E1234567护照', '-----BEGIN '];
  for (const unit of hard) {
    const took = (size: number): number => {
      const text = unit.repeat(Math.ceil(size / unit.length));
      return Math.min(...Array.from({ length: 3 }, () => {
        const from = process.hrtime.bigint();
        scanText(text, FINDING_KINDS);
        return Number(process.hrtime.bigint() - from) / 1e6;
      }));
    };
    took(8_000);
    // Ten times the length takes ten times as long, not a hundred times; with room for a busy machine.
    expect(took(80_000), JSON.stringify(unit)).toBeLessThan(Math.max(took(8_000), 0.5) * 50);
  }
});
