import type { SheetIssue } from '@zhengwu/directory';

/** One line of a record as it was meant: folded lines joined, base64 read. The attribute is in lower case, options included. */
export interface LdifLine {
  line: number;
  attribute: string;
  value: string;
}

/** One entry to be added. */
export interface LdifRecord {
  line: number;
  dn: string;
  lines: LdifLine[];
}

type Told = Pick<SheetIssue, 'zh' | 'en'>;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Logical lines with the number of the line on which each begins; comments are left out, null stands between records. */
const unfolded = (text: string): ({ line: number; text: string } | null)[] => {
  const joined: { line: number; text: string }[] = [];
  text.replace(/^\uFEFF/, '').split(/\r?\n/).forEach((one, index) => {
    const before = joined.at(-1);
    if (one.startsWith(' ') && before && before.text !== '') before.text += one.slice(1);
    else joined.push({ line: index + 1, text: one });
  });
  return joined.filter((one) => !one.text.startsWith('#')).map((one) => (one.text.trim() === '' ? null : one));
};

const decoded = (given: string): string | Told => {
  const bytes = given.trim();
  if (!BASE64.test(bytes)) return { zh: '不是有效的 base64', en: 'is no base64' };
  try {
    return utf8.decode(Buffer.from(bytes, 'base64'));
  } catch {
    return { zh: '不是 UTF-8 文字', en: 'is no text in UTF-8' };
  }
};

const lineOf = ({ line, text }: { line: number; text: string }): LdifLine | Told => {
  const [, attribute = '', mark = '', rest = ''] = /^([A-Za-z0-9.-]+(?:;[A-Za-z0-9-]+)*):([:<]?) *([\s\S]*)$/.exec(text) ?? [];
  if (attribute === '') return { zh: '应是“属性: 值”', en: 'should be “attribute: value”' };
  if (mark === '<') return { zh: '不读取文件或网址中的值', en: 'values from files or addresses are not read' };
  const value = mark === ':' ? decoded(rest) : rest;
  return typeof value === 'string' ? { line, attribute: attribute.toLowerCase(), value } : value;
};

const isTold = (one: LdifLine | Told): one is Told => 'zh' in one;

/** A record from its lines: a name first, then attributes, or `changetype: add` and attributes. */
const recordOf = (lines: readonly LdifLine[], tell: (line: number, told: Told) => void): LdifRecord | null => {
  const [name, ...rest] = lines;
  if (!name) return null;
  if (name.attribute !== 'dn') return void tell(name.line, { zh: '每条记录应以 dn 开头', en: 'a record should begin with dn' }), null;
  const [next] = rest;
  if (next?.attribute === 'control') return void tell(next.line, { zh: '不支持 control', en: 'controls are not taken' }), null;
  if (next?.attribute === 'changetype' && next.value.trim().toLowerCase() !== 'add') {
    return void tell(next.line, { zh: `只接受 changetype: add，而不是 ${next.value}`, en: `only changetype: add is taken, not ${next.value}` }), null;
  }
  return { line: name.line, dn: name.value, lines: next?.attribute === 'changetype' ? rest.slice(1) : rest };
};

/** Reads LDIF (RFC 2849): entries, or changes that add. Everything else is told with its line. */
export const readLdifRecords = (text: string, tell: (line: number, told: Told) => void): LdifRecord[] => {
  const records: LdifRecord[] = [];
  let lines: LdifLine[] = [];
  const end = (): void => {
    const record = recordOf(lines, tell);
    if (record) records.push(record);
    lines = [];
  };
  for (const one of [...unfolded(text), null]) {
    const read = one && lineOf(one);
    if (!one || !read) end();
    else if (isTold(read)) tell(one.line, read);
    else if (read.attribute === 'version' && records.length === 0 && lines.length === 0) {
      if (read.value.trim() !== '1') tell(one.line, { zh: '只有第 1 版', en: 'there is version 1 only' });
    } else lines.push(read);
  }
  return records;
};
