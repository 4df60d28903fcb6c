import type { Files } from '@zhengwu/files';
import { key } from '@zhengwu/module';
import type { ReadRow } from './store.ts';
import { guilloche } from './typeset/guilloche.ts';
import { composeNotice, type Notice } from './typeset/notice-texts.ts';
import { composeReceipt, type Receipt } from './typeset/receipt-text.ts';
import { qrSvg } from './typeset/qr.ts';
import type { Asset, Sheet, Typesetter } from './typeset/typesetter.ts';

const COLOURS = ['#1f5f8b', '#8f1d21', '#2c6e49', '#6b3f87', '#8a5a12', '#1d6f78'];
const ENDED = { revoked: { zh: '已撤销', en: 'REVOKED' }, replaced: { zh: '已换发', en: 'REPLACED' }, expired: { zh: '已过期', en: 'EXPIRED' } } as const;
/** Ground in points: A4 across, and the larger face of a card. */
const GROUND = { certificate: [842, 595], card: [459, 289] } as const;

const PLACEHOLDER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 43" width="340" height="430"><rect width="34" height="43" fill="#e4ebf1"/><circle cx="17" cy="17" r="7.5" fill="#9fb2c2"/><rect x="5" y="28" width="24" height="24" rx="10" fill="#9fb2c2"/></svg>';

/** A colour of its own for each type, always the same. */
const colourOf = (type: string): string => {
  if (type === 'business-licence') return '#8f1d21';
  const sum = [...type].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 9973, 7);
  return COLOURS[sum % COLOURS.length] as string;
};

const placeholder: Asset = { path: 'portrait.svg', bytes: Buffer.from(PLACEHOLDER) };
const hasPortrait = (row: ReadRow): boolean => row.template.portrait !== undefined || row.portrait !== null;

const portraitOf = async (row: ReadRow, files: Files): Promise<Asset | null> => {
  if (!hasPortrait(row)) return null;
  if (row.portrait === null || !(await files.has(row.portrait))) return placeholder;
  const bytes = await files.read(row.portrait);
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return { path: 'portrait.jpg', bytes };
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG') return { path: 'portrait.png', bytes };
  return placeholder;
};

/** Path on the portal under which a licence is verified; the check code travels with it. */
export const verifyPath = (row: { id: string; check_code: string }): string => `/verify/${row.id}?c=${row.check_code}`;

const licenceSheet = (row: ReadRow, portrait: Asset | null, portal: string): Sheet => {
  const address = portal + verifyPath(row);
  const colour = colourOf(row.type);
  const [width, height] = GROUND[row.template.layout];
  const fields = new Map(row.fields.map((field) => [field.key, field]));
  const rows = row.template.rows.flatMap((key) => {
    const field = fields.get(key);
    return field ? [{ label: field.label, value: field.value }] : [];
  });
  return {
    template: 'licence', createdAt: row.issued_at,
    data: {
      layout: row.template.layout, colour, title: row.template.title, id: row.id, version: row.version, address, verifyAt: `${portal}/verify`,
      code: row.check_code.replace(/(.{4})(?=.)/g, '$1-'), rows, portrait: portrait?.path ?? null,
      issuer: { zh: row.issuer_zh, en: row.issuer_en }, issuedOn: row.issued_on, validUntil: row.valid_until, footer: row.template.footer ?? null,
      ended: row.status === 'valid' ? null : ENDED[row.status],
    },
    assets: [{ path: 'qr.svg', bytes: qrSvg(address) }, { path: 'guilloche.svg', bytes: Buffer.from(guilloche(width, height, colour)) }, ...(portrait ? [portrait] : [])],
  };
};

/** Prints what the platform hands out on paper: licences, notices, receipts. All PDF/A-2a with QR. */
export interface Printing {
  licence(row: ReadRow): Promise<Buffer>;
  notice(notice: Notice): Promise<Buffer>;
  receipt(receipt: Receipt): Promise<Buffer>;
  close(): Promise<void>;
}

export const Printing = key<Printing>('printing');

export const openPrinting = (typesetter: Typesetter, files: Files, portal: string): Printing => {
  const print = (template: 'notice' | 'receipt', data: { address: string }, day: string): Promise<Buffer> =>
    typesetter.typeset({ template, data, assets: [{ path: 'qr.svg', bytes: qrSvg(data.address) }], createdAt: new Date(`${day}T00:00:00Z`) });
  return {
    async licence(row) {
      const portrait = await portraitOf(row, files);
      const set = (picture: Asset | null): Promise<Buffer> => typesetter.typeset(licenceSheet(row, picture, portal));
      // A picture that turns out to be broken costs the portrait, not the licence.
      return portrait === null || portrait === placeholder ? set(portrait) : set(portrait).catch(() => set(placeholder));
    },
    notice: async (notice) => print('notice', composeNotice(notice), notice.date),
    receipt: async (receipt) => print('receipt', composeReceipt(receipt, portal), receipt.paidOn),
    close: () => typesetter.close(),
  };
};
