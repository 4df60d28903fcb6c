const stars = (count: number): string => '*'.repeat(Math.max(0, count));

/** Keeps the first `head` and last `tail` characters; text too short to hide anything else is hidden whole. */
const keepEnds = (text: string, head: number, tail: number): string => {
  const characters = [...text];
  if (characters.length <= head + tail) return stars(characters.length);
  return characters.slice(0, head).join('') + stars(characters.length - head - tail) + characters.slice(characters.length - tail).join('');
};

/**
 * `990*************1X`: first three and last two characters. Hides county and birthday; the holder recognises
 * the number, nobody else can complete it. The 17th digit's parity, the sex, stays visible.
 */
export const maskCitizenNumber = (number: string): string => keepEnds(number, 3, 2);

/** `138****0000`: first three and last four of a mobile number; of other numbers the last three. */
export const maskPhone = (phone: string): string => (/^1\d{10}$/.test(phone) ? keepEnds(phone, 3, 4) : keepEnds(phone, 0, 3));

/** `王*`, `王*明`, `王**莉`: first and last character, of two characters the first. */
export const maskName = (name: string): string => ([...name].length > 2 ? keepEnds(name, 1, 1) : keepEnds(name, 1, 0));

/** `z***@example.com`: first character of the mailbox; its length stays unknown. */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@');
  return at < 1 ? stars([...email].length) : `${[...email][0] ?? ''}***${email.slice(at)}`;
};
