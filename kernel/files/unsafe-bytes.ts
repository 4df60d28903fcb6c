/** The test file of the anti-malware industry (eicar.org), written in two halves so that this file is not one. */
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''), 'latin1');

export const holdsEicar = (content: Buffer): boolean => content.includes(EICAR);

const STARTS: readonly Buffer[] = [Buffer.from('MZ'), Buffer.from([0x7f, 0x45, 0x4c, 0x46]), Buffer.from([0xfe, 0xed, 0xfa]), Buffer.from([0xcf, 0xfa, 0xed, 0xfe]), Buffer.from([0xca, 0xfe, 0xba, 0xbe]), Buffer.from('#!/')];

/** Windows, Linux, macOS and Java programs, and scripts, by their first bytes. */
export const isProgram = (content: Buffer): boolean => STARTS.some((start) => content.length > 64 && content.subarray(0, start.length).equals(start));

const ZIP_PARTS: readonly Buffer[] = [Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from([0x50, 0x4b, 5, 6])];
const RUNS = /%PDF-\d\.\d[\s\S]*%%EOF|<\s*script\b|<\?php\b/i;

/** A second format behind or within a picture or a PDF: what one program takes for a picture another runs. */
export const isPolyglot = (content: Buffer, type: string): boolean => {
  if (!type.startsWith('image/') && type !== 'application/pdf') return false;
  return ZIP_PARTS.every((part) => content.includes(part)) || (type.startsWith('image/') && RUNS.test(content.toString('latin1')));
};
