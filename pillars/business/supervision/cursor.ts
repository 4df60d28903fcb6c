/** Where a list goes on: the last row's instant and id, and the count made on the first page. */
export interface Cursor {
  at: string;
  id: string;
  total: number;
}

const LAST: Cursor = { at: '9999-12-31T00:00:00Z', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff', total: -1 };

export const encodeCursor = ({ at, id, total }: Cursor): string => Buffer.from(JSON.stringify([at, id, total])).toString('base64url');

/** The place a cursor names; the start of the list when there is none or it makes no sense. */
export const decodeCursor = (text: string | undefined): Cursor => {
  try {
    const [at, id, total] = JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as [string, string, number];
    return Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id) || !Number.isInteger(total) ? LAST : { at, id, total };
  } catch {
    return LAST;
  }
};
