const LONGEST = 120;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name fit to show and to save under on any system: the last part of a path, without control, reserved or
 * direction-changing characters, at most 120 characters with its extension kept. Never empty.
 */
export const safeFileName = (name: string): string => {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).pop() ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029<>:"|?*%;]/gu, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const [, stem = plain, extension = ''] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/u.exec(plain) ?? [];
  const kept = [...(RESERVED.test(stem) ? `_${stem}` : stem)].slice(0, LONGEST - extension.length).join('');
  return kept === '' ? `file${extension}` : `${kept}${extension}`;
};
