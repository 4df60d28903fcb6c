import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** A zip with these parts, compressed. */
export const packed = (parts: Readonly<Record<string, string>>): Buffer => {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const [title, plain] = [Buffer.from(name), Buffer.from(text)];
    const body = deflateRawSync(plain);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(plain), 10);
    head.writeUInt32LE(body.length, 14);
    head.writeUInt32LE(plain.length, 18);
    head.writeUInt16LE(title.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), head, title, body);
    centrals.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail.subarray(0, 14), title);
    offset += 30 + title.length + body.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(locals.length / 4, 4);
  end.writeUInt16LE(locals.length / 4, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
};

const paragraph = (...runs: string[]): string => `<w:p>${runs.map((run) => `<w:r><w:t>${run}</w:t></w:r>`).join('')}</w:p>`;
/** A Word document; each paragraph is a list of its runs. */
export const docx = (...paragraphs: string[][]): Buffer =>
  packed({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs.map((runs) => paragraph(...runs)).join('')}</w:body></w:document>`,
  });

const hex4 = (code: number): string => code.toString(16).padStart(4, '0');

/** A PDF whose font numbers its characters from one, with a map that says what they are; `apart` sets each character on its own. */
export const pdf = (lines: readonly string[], { isPacked = true, apart = false, title = '' } = {}): Buffer => {
  const letters = [...new Set(lines.join(''))];
  const map = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange ${letters.length} beginbfchar\n${letters.map((one, i) => `<${hex4(i + 1)}> <${hex4(one.charCodeAt(0))}>`).join('\n')}\nendbfchar endcmap end end`;
  const codes = (text: string): string => [...text].map((one) => hex4(letters.indexOf(one) + 1)).join('');
  const shown = lines.map((line, i) => (apart ? [...line].map((one, n) => `1 0 0 1 ${80 + n * 16} ${780 - i * 20} Tm 0 -1 Td <${codes(one)}> Tj`).join('\n') : `1 0 0 1 80 ${780 - i * 20} Tm 0 -1 Td [<${codes(line.slice(0, 1))}> -20 <${codes(line.slice(1))}>] TJ`)).join('\n');
  const stream = (text: string): string => {
    const body = isPacked ? deflateSync(Buffer.from(text)).toString('latin1') : text;
    return `<< /Length ${body.length} ${isPacked ? '/Filter /FlateDecode ' : ''}>>\nstream\n${body}\nendstream`;
  };
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    stream(`BT /F1 16 Tf ${shown} ET`), '<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 6 0 R >>', stream(map),
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample >>', `<< /Title <feff${[...title].map((one) => hex4(one.charCodeAt(0))).join('')}> >>`,
  ];
  return Buffer.from(`%PDF-1.7\n${objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer << /Root 1 0 R /Info 8 0 R >>\n%%EOF\n`, 'latin1');
};
