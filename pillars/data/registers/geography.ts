import type { Site } from '@zhengwu/module';
import * as store from './store-geography.ts';

const MOST = 6000;

interface Parsed {
  division: string | null;
  street: string;
  number: number | null;
}

/** What a written address says of division, street and number; null where no street can be read. */
export const parseAddress = (text: string, divisions: readonly { code: string; name: string; kind: string }[]): Parsed | null => {
  let rest = text.normalize('NFKC').replace(/\s+/g, '');
  let division: string | null = null;
  for (const kind of ['city', 'district']) {
    const found = divisions.find((one) => one.kind === kind && rest.startsWith(one.name));
    if (!found) continue;
    rest = rest.slice(found.name.length);
    if (kind === 'district') division = found.code;
  }
  const [, street, number] = /^(.{1,20}?(?:大道|路|街|巷|里|道))(?:(\d{1,5})号?)?/.exec(rest) ?? [];
  return street === undefined ? null : { division, street, number: number === undefined ? null : Number(number) };
};

/** Standard addresses for a text: the address itself, or the nearest numbers of its street. */
export const geocode = (site: Site, text: string) => site.database.as(site.database.system, async (tx) => {
  const parsed = parseAddress(text, await store.divisions(tx));
  if (!parsed) return { items: [] };
  const rows = await store.addresses(tx, parsed.street, parsed.division, parsed.number);
  const precisionOf = (number: number) => (parsed.number === null ? 'street' as const : number === parsed.number ? 'exact' as const : 'near' as const);
  return { items: rows.map(({ number, ...row }) => ({ ...row, precision: precisionOf(number) })) };
}, { readOnly: true });

export const mapOf = (site: Site) => site.database.as(site.database.system, async (tx) => {
  const rows = await store.features(tx, MOST + 1);
  return { features: rows.slice(0, MOST).map(({ kind, code, name, name_en: nameEn, geometry }) => ({ kind, code, name, nameEn, geometry })), isWhole: rows.length <= MOST };
}, { readOnly: true });
