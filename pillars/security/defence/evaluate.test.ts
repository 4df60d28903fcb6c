import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, initial, MOST_GROUPS, type State, type Surroundings } from './evaluate.ts';
import { injectionIn, injectionsIn } from './injection.ts';
import { KINDS, observation, type Kept } from './observation.ts';
import { demoPlaces, distanceKm, isRange, placesOf } from './places.ts';
import { normalDay, recordings, surroundings } from './recordings.fixture.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';

const ruleOf = (id: string): Rule => RULES.find((rule) => rule.id === id) as Rule;
const findings = (rule: Rule, seen: readonly Kept[], around: Surroundings = surroundings) => evaluate(rule, seen, initial, around).findings;

describe('recorded attacks', () => {
  test('there is one for each rule', () => {
    expect(recordings.map(({ rule }) => rule).sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  test.each(recordings)('$rule fires on its own recording and no other rule does', ({ rule, observations }) => {
    expect(RULES.filter((one) => findings(one, observations).length > 0).map(({ id }) => id)).toEqual([rule]);
  });

  test.each(recordings)('$rule is silent when it is switched off', ({ rule, observations }) => {
    const off = ruleOf(rule);
    expect(findings({ ...off, settings: { ...off.settings, isOn: false } }, observations)).toEqual([]);
  });

  test.each([20_261_118, 7, 99])('every rule is silent on a day of normal traffic (%i)', (seed) => {
    const day = normalDay(seed);
    expect(day.length).toBeGreaterThan(4000);
    expect(RULES.flatMap((rule) => findings(rule, day))).toEqual([]);
  });

  test('an attack is found within the normal day, and the evidence holds nothing else', () => {
    for (const { rule, observations } of recordings.filter(({ observations: all }) => (all[0]?.at ?? 0) < Date.parse('2026-11-19T00:00:00Z'))) {
      const mixed = [...normalDay(), ...observations.map((one) => ({ ...one, seq: 100_000 + one.seq }))].sort((a, b) => a.at - b.at);
      const found = RULES.flatMap((one) => findings(one, mixed));
      expect(found.map((one) => one.rule)).toContain(rule);
      expect(found.every((one) => one.rule === rule && one.evidence.every(({ seq }) => seq > 100_000))).toBe(true);
    }
  });
});

const few = fc.constantFrom('a', 'b', 'c');
const seen: fc.Arbitrary<Kept[]> = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 90_000 }), kind: fc.constantFrom(...KINDS), account: few, address: fc.constantFrom('192.0.2.1', '203.0.113.1', '10.0.0.1'), subject: fc.constantFrom(...'123456789'.split('')) }), { maxLength: 120, size: 'max' })
  .map((list) => {
    let at = Date.parse('2026-11-18T12:00:00Z');
    return list.map(({ gap, kind, account, address, subject }, seq) => ({ ...observation({ at: (at += gap), kind, account, person: account, address, subject }), seq }));
  });
const rule = fc.tuple(fc.constantFrom(...RULES), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 10, max: 3600 })).map(([one, threshold, windowSeconds]) => ({ ...one, settings: { ...one.settings, threshold, windowSeconds } }));

describe('evaluation, whatever was seen', () => {
  test('portions make no difference: a rule finds the same in one piece and in many', () => {
    fc.assert(fc.property(rule, seen, fc.integer({ min: 1, max: 9 }), (one, all, portion) => {
      let state: State = initial;
      const pieces = [];
      for (let at = 0; at < all.length; at += portion) {
        const result = evaluate(one, all.slice(at, at + portion), state, surroundings);
        state = result.state;
        pieces.push(...result.findings);
      }
      expect(pieces).toEqual(evaluate(one, all, initial, surroundings).findings);
    }));
  });

  test('each finding has its threshold’s worth of evidence of one group within the window', () => {
    fc.assert(fc.property(rule.filter(({ shape }) => shape.kind === 'count'), seen, (one, all) =>
      evaluate(one, all, initial, surroundings).findings.every(({ evidence, at }) =>
        evidence.length === one.settings.threshold && evidence.every((hit) => hit.at <= at && hit.at > at - one.settings.windowSeconds * 1000))), { numRuns: 300 });
  });

  test('what is given is not changed, and no group remembers more than its threshold', () => {
    fc.assert(fc.property(rule, seen, (one, all) => {
      const before = structuredClone(all);
      const { state } = evaluate(one, all, initial, surroundings);
      expect(all).toEqual(before);
      expect(initial.size).toBe(0);
      return [...state.values()].every((hits) => hits.length <= Math.max(2, one.settings.threshold));
    }));
  });

  test('memory is bounded by the number of groups', () => {
    const many = Array.from({ length: MOST_GROUPS + 50 }, (_, n) => ({ ...observation({ at: n, kind: 'refused', address: `a${n}`, account: `c${n}` }), seq: n }));
    expect(evaluate(ruleOf('brute-force'), many, initial, surroundings).state.size).toBe(MOST_GROUPS);
  });
});

describe('single rules', () => {
  test('what happened before the window counts no more', () => {
    const refused = (seconds: number, seq: number): Kept => ({ ...observation({ at: seconds * 1000, kind: 'refused', account: 'a', address: '203.0.113.1' }), seq });
    const slow = Array.from({ length: 30 }, (_, n) => refused(n * 67, n));
    expect(findings(ruleOf('brute-force'), slow)).toEqual([]);
    expect(findings(ruleOf('brute-force'), slow.map((one, n) => ({ ...one, at: n * 66_000 })))).toHaveLength(3);
  });

  test('reading far beyond one’s own usual is found before the absolute limit', () => {
    const reads = (recordings.find(({ rule: id }) => id === 'mass-reading')?.observations ?? []).slice(0, 100);
    expect(findings(ruleOf('mass-reading'), reads)).toEqual([]);
    expect(findings(ruleOf('mass-reading'), reads, { ...surroundings, usualReads: () => 3 })).toHaveLength(1);
    expect(findings(ruleOf('mass-reading'), reads, { ...surroundings, usualReads: () => 20 })).toEqual([]);
  });

  test('a journey from an address that the table does not know says nothing', () => {
    const travel = recordings.find(({ rule: id }) => id === 'impossible-travel')?.observations ?? [];
    expect(findings(ruleOf('impossible-travel'), travel, { ...surroundings, placeOf: () => undefined })).toEqual([]);
  });

  test('an export in working hours, or on a weekend worked by the calendar, is no export off hours', () => {
    const exports = recordings.find(({ rule: id }) => id === 'off-hours-export')?.observations ?? [];
    const moved = (to: string): Kept[] => exports.map((one) => ({ ...one, at: Date.parse(to) + (one.at - (exports[0]?.at ?? 0)) }));
    expect(findings(ruleOf('off-hours-export'), moved('2026-11-20T06:00:00Z'))).toEqual([]);
    expect(findings(ruleOf('off-hours-export'), moved('2026-10-01T06:00:00Z'))).toHaveLength(1);
  });

  test('places: the narrowest range counts, in both families; distances are right', () => {
    const place = placesOf([...demoPlaces, { range: '192.0.2.128/25', name: { zh: '窄', en: 'narrow' }, latitude: 0, longitude: 0 }]);
    expect([place('192.0.2.1')?.name.en, place('192.0.2.200')?.name.en, place('::ffff:192.0.2.1')?.name.en, place('2001:db8::5')?.name.en, place('8.8.8.8'), place('x')]).toEqual(['Yunchuan', 'narrow', 'Yunchuan', 'Yunchuan', undefined, undefined]);
    expect(Math.round(distanceKm({ name: { zh: '', en: '' }, latitude: 0, longitude: 0 }, { name: { zh: '', en: '' }, latitude: 0, longitude: 90 }))).toBe(10_008);
    expect(['192.0.2.0/24', '2001:db8::/32', '192.0.2.0/33', 'x/8', '192.0.2.0'].map(isRange)).toEqual([true, true, false, false, false]);
  });
});

describe('patterns of injection', () => {
  test.each([
    ["' OR '1'='1", 'sql'], ['1); DROP TABLE users', 'sql'], ["x' UNION ALL SELECT password FROM account", 'sql'], ["admin'--", 'sql'], ['1 and pg_sleep(5)', 'sql'],
    ['../../../etc/passwd', 'path'], ['..%2f..%2fwindows', 'path'], ['%252e%252e%252fetc', 'path'], ['{{7*7}}', 'template'], ['${T(java.lang.Runtime)}', 'template'], ['<%= system("id") %>', 'template'],
    ['<script>alert(1)</script>', 'script'], ['<img src=x onerror=alert(1)>', 'script'], ['JaVaScRiPt:alert(1)', 'script'],
  ])('%s is %s', (text, kind) => expect(injectionIn(text)).toBe(kind));

  test.each(['王小云', "O'Brien", '云川市青石区第一大街 12 号 3-402', '我选择从今天起办理（请尽快）', 'Please select one from the list', 'C++ & Java', 'a < b and c > d', '50% off; update soon', 'union of workers', 'script.pdf', '../notes', '价格 ${amount}', 'He said: "or else"'])(
    'plain text is none: %s', (text) => expect([injectionIn(text), text]).toEqual([text === '../notes' ? 'path' : undefined, text]));

  test('fields are named, values are not kept, numbers in names are hidden', () => {
    const found = injectionsIn({ body: { name: "' OR 1=1 --'", list: ['<script>'], '510105199001011234': "x'--" }, query: { q: 'fine' } });
    expect(found).toEqual([{ field: '/body/name', pattern: 'sql' }, { field: '/body/list/0', pattern: 'script' }, { field: '/body/*', pattern: 'sql' }]);
  });
});
