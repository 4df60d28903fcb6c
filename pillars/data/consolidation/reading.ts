import type { OldField } from '@zhengwu/contracts';
import type { OldCell, OldRecord } from './source.ts';

const FEN_PER_WAN = 1_000_000;

/** A day in any usual writing: 2019-3-5, 2019/03/05, 2019.3.5, 2019年3月5日, 20190305; undefined where it is none. */
export const dayOf = (text: string): string | undefined => {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text.replace(/\s.*$/, ''));
  if (!match) return undefined;
  const day = `${match[1]}-${String(match[2]).padStart(2, '0')}-${String(match[3]).padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? undefined : day;
};

const plain = (cell: OldCell): string => String(cell ?? '').trim();

/** An old value as the register has it; undefined where it cannot be read so, null where it is empty. */
export const readCell = (cell: OldCell | undefined, { reading, codes }: Pick<OldField, 'reading' | 'codes'>): unknown => {
  const written = plain(cell ?? null);
  if (written === '') return null;
  if (reading === 'codes') return codes?.[written];
  if (reading === 'text') return written;
  // Digits and signs in full width are digits and signs.
  const text = written.normalize('NFKC');
  if (reading === 'day') return dayOf(text);
  const amount = Number(text.replaceAll(',', ''));
  if (!Number.isFinite(amount)) return undefined;
  return reading === 'wan' ? Math.round(amount * FEN_PER_WAN) : amount;
};

export interface ReadRow {
  data: Record<string, unknown>;
  /** Fields whose old value cannot be read. */
  unreadable: string[];
}

/** A row by its mapping; empty values are left out. */
export const readRow = (cells: OldRecord, fields: readonly OldField[]): ReadRow => {
  const data: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const field of fields) {
    const value = readCell(cells[field.column], field);
    if (value === undefined) unreadable.push(field.field);
    else if (value !== null) data[field.field] = value;
  }
  return { data, unreadable };
};
