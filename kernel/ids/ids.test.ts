import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  composeCaseNumber, composeCitizenNumber, composeHandlingCode, composeImplementationCode, composeLicenceId, composeUscc, isCaseNumber,
  isCitizenNumber, isHandlingCode, isImplementationCode, isLicenceId, isOrganisationCode, isUscc, isUuid, isWithinDivision, maskCitizenNumber,
  maskEmail, maskName, maskPhone, organisationCheck, parseCaseNumber, parseCitizenNumber, parseDivision, parseHandlingCode,
  parseImplementationCode, parseLicenceId, parseUscc, USCC_ALPHABET, uuidTime, uuidv7,
} from './index.ts';

const digits = '0123456789';
const alphanumeric = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const word = (alphabet: string, length: number) => fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const division = fc.constantFrom('990100', '990102', '110105', '430000');
const citizen = fc.record({ division, birth: day, sequence: fc.integer({ min: 1, max: 999 }) }).map(composeCitizenNumber);
const uscc = fc.record({
  registrar: word(USCC_ALPHABET, 1), kind: word(USCC_ALPHABET, 1), division, organisation: word(USCC_ALPHABET, 9),
}).map(composeUscc);
const caseNumber = fc.record({ division, day, sequence: fc.integer({ min: 1, max: 999_999 }) }).map(composeCaseNumber);
const licenceId = fc.record({
  type: word(alphanumeric, 21), issuer: uscc, serial: word(alphanumeric, 14), version: fc.integer({ min: 1, max: 999 }),
}).map(composeLicenceId);

/** Every identifier in `ids` is refused once any one of its characters becomes another of `alphabet`. */
const detectsSubstitution = (ids: fc.Arbitrary<string>, alphabet: string, accepts: (id: string) => boolean, from = 0): void =>
  fc.assert(fc.property(ids, fc.nat(), fc.nat(), (id, place, other) => {
    const at = from + (place % (id.length - from));
    const next = alphabet[other % alphabet.length] ?? '';
    fc.pre(next !== id[at] && id[at] !== '.');
    expect(accepts(id)).toBe(true);
    expect(accepts(id.slice(0, at) + next + id.slice(at + 1))).toBe(false);
  }), { numRuns: 300 });

describe('uuid v7 (RFC 9562)', () => {
  test('rises strictly, also within a millisecond and when the clock goes back', () => {
    const made = [...Array.from({ length: 5000 }, () => uuidv7()), uuidv7(1000), uuidv7(999)];
    expect(made.every((id, i) => i === 0 || id > (made[i - 1] ?? ''))).toBe(true);
    expect(made.every(isUuid)).toBe(true);
    expect(made.every((id) => id[14] === '7')).toBe(true);
  });

  test('tells its instant', () => {
    const before = Date.now() - 60_000;
    expect(uuidTime(uuidv7())?.getTime()).toBeGreaterThan(before);
    expect(uuidTime('not-an-id')).toBeUndefined();
  });
});

describe('citizen number (GB 11643)', () => {
  test('reads the standard’s own example', () => {
    expect(parseCitizenNumber('11010519491231002X')).toEqual({ division: '110105', birth: '1949-12-31', sex: 'female', sequence: 2 });
    expect(isCitizenNumber('11010519491231002x')).toBe(true);
  });

  test.each(['110105194912310021', '11010519490231002X', '1101051949123100', '', '010105194912310021'])('refuses %s', (text) => {
    expect(isCitizenNumber(text)).toBe(false);
  });

  test('detects any single wrong character', () => detectsSubstitution(citizen, `${digits}X`, isCitizenNumber));

  test('detects two neighbours exchanged', () => {
    fc.assert(fc.property(citizen, fc.nat({ max: 16 }), (id, at) => {
      fc.pre(id[at] !== id[at + 1]);
      expect(isCitizenNumber(id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2))).toBe(false);
    }));
  });

  test('is not made from parts that contradict each other', () => {
    expect(() => composeCitizenNumber({ division: '990102', birth: '1990-02-30', sequence: 1 })).toThrow(RangeError);
    expect(() => composeCitizenNumber({ division: '990102', birth: '1990-02-03', sequence: 2, sex: 'male' })).toThrow(RangeError);
    expect(() => composeCitizenNumber({ division: '990102', birth: '1990-02-03', sequence: 1000 })).toThrow(RangeError);
  });
});

describe('unified social credit code (GB 32100) and organisation code (GB 11714)', () => {
  test.each(['11100000000013338W', '11430000006122244L', '11370800MB28559184'])('accepts %s', (text) => {
    expect(isUscc(text)).toBe(true);
  });

  test('reads its parts', () => {
    expect(parseUscc('11430000006122244L')).toEqual({ registrar: '1', kind: '1', division: '430000', organisation: '006122244' });
  });

  test.each(['11430000006122244I', '1143000000612224', '11430000006122244l', ''])('refuses %s', (text) => {
    expect(isUscc(text)).toBe(false);
  });

  test('detects any single wrong character', () => detectsSubstitution(uscc, USCC_ALPHABET, isUscc));

  test('the organisation code of a real agency passes, with and without the dash', () => {
    expect(isOrganisationCode('006122244')).toBe(true);
    expect(isOrganisationCode('00612224-4')).toBe(true);
    expect(isOrganisationCode('006122245')).toBe(false);
  });

  test('an organisation check of 10 is X and of 11 is 0', () => {
    const checks = Array.from({ length: 40 }, (_, n) => organisationCheck(String(n).padStart(8, '0')));
    expect(checks).toContain('X');
    expect(organisationCheck('00000000')).toBe('0');
  });
});

describe('electronic licence identifier (GB/T 36904)', () => {
  const real = '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U';

  test('reads and makes a valid one', () => {
    const parts = { type: '11100000000013338W011', issuer: '11430000006122244L', serial: '20230000403', version: 1 };
    expect(parseLicenceId(real)).toEqual(parts);
    expect(composeLicenceId(parts)).toBe(real);
  });

  test('detects any single wrong character', () => detectsSubstitution(licenceId, alphanumeric, isLicenceId, '1.2.156.3005.2.'.length));

  test('refuses another root and edition 000', () => {
    expect(isLicenceId(real.replace('3005', '3006'))).toBe(false);
    expect(() => composeLicenceId({ type: 'A', issuer: '11430000006122244L', serial: '1', version: 0 })).toThrow(RangeError);
  });
});

describe('case number', () => {
  test('is 21 digits that tell division, day and sequence', () => {
    const number = composeCaseNumber({ division: '990100', day: '2026-11-22', sequence: 17 });
    expect(number).toMatch(/^99010020261122000017\d$/);
    expect(parseCaseNumber(`${number.slice(0, 6)} ${number.slice(6, 14)}-${number.slice(14)}`)).toEqual({ division: '990100', day: '2026-11-22', sequence: 17 });
  });

  test('detects any single wrong digit', () => detectsSubstitution(caseNumber, digits, isCaseNumber));

  test('is not made past its range', () => {
    expect(() => composeCaseNumber({ division: '990100', day: '2026-11-31', sequence: 1 })).toThrow(RangeError);
    expect(() => composeCaseNumber({ division: '990100', day: '2026-11-22', sequence: 1_000_000 })).toThrow(RangeError);
    expect(() => composeCaseNumber({ division: '990100', day: '2026-11-22', sequence: 0 })).toThrow(RangeError);
  });
});

describe('division and item codes (GB/T 2260, GB/T 39554)', () => {
  test('a division tells its level', () => {
    const levels = ['990000', '990100', '990102', '990102003000', '990102003004'].map((code) => parseDivision(code)?.level);
    expect(levels).toEqual(['province', 'city', 'county', 'town', 'village']);
    // 东莞 has no counties: its towns stand under the city.
    expect(parseDivision('441900003000')?.level).toBe('town');
    expect(parseDivision('990001')).toBeUndefined();
    expect(parseDivision('99010')).toBeUndefined();
  });

  test('containment follows the code', () => {
    expect(isWithinDivision('990102003004', '990100')).toBe(true);
    expect(isWithinDivision('990100', '990102')).toBe(false);
    expect(isWithinDivision('990200', '990100')).toBe(false);
    expect(isWithinDivision('990102', '990102')).toBe(true);
  });

  test('reads a real implementation code of 31 characters', () => {
    const parts = { body: '11370800MB28559184', level: '3', catalogue: '370117002011' };
    expect(parseImplementationCode('11370800MB285591843370117002011')).toEqual(parts);
    expect(composeImplementationCode(parts)).toBe('11370800MB285591843370117002011');
    expect(parseHandlingCode(composeHandlingCode({ ...parts, item: '01' }))).toEqual({ ...parts, item: '01' });
  });

  test('refuses a wrong body, level, length or item', () => {
    expect(isImplementationCode('11370800MB285591853370117002011')).toBe(false);
    expect(isImplementationCode('11370800MB285591848370117002011')).toBe(false);
    expect(isImplementationCode('11370800MB28559184337011700201')).toBe(false);
    expect(isHandlingCode('11370800MB28559184337011700201100')).toBe(false);
  });
});

describe('masks', () => {
  test('a citizen number shows neither county nor birthday', () => {
    fc.assert(fc.property(citizen, (id) => {
      const masked = maskCitizenNumber(id);
      expect(masked).toMatch(/^\d{3}\*{13}\d[\dX]$/);
      expect(masked).not.toContain(id.slice(6, 14));
    }));
  });

  test('phones, names and mailboxes', () => {
    expect(maskPhone('13800000000')).toBe('138****0000');
    expect(maskPhone('0990-8123456')).toBe('*********456');
    expect(maskName('王明')).toBe('王*');
    expect(maskName('王小明')).toBe('王*明');
    expect(maskName('欧阳娜娜')).toBe('欧**娜');
    expect(maskName('王')).toBe('*');
    expect(maskEmail('zhang@example.com')).toBe('z***@example.com');
    expect(maskEmail('nonsense')).toBe('********');
  });

  test('a mask of what is too short hides all of it', () => {
    expect(maskCitizenNumber('12345')).toBe('*****');
  });
});
