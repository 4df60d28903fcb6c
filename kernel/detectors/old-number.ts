/** Provinces of GB/T 2260, and 99, which this platform's demonstration uses. */
const PROVINCES = new Set(['11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42', '43', '44', '45', '46', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '71', '81', '82', '99']);
const LOOK_BACK = 24;

/** A citizen number of 15 digits, as given before 1999: a province and a day of the last century. It has no check digit, and is out of use since 2013. */
export const isOldCitizenNumber = (digits: string): boolean => {
  if (!PROVINCES.has(digits.slice(0, 2))) return false;
  const [month, day] = [Number(digits.slice(8, 10)), Number(digits.slice(10, 12))];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(1900 + Number(digits.slice(6, 8)), month, 0)).getUTCDate();
};

const IDENTITY = /身份|证件号|公民号|citizen|id(?:entity)?[ _-]?(?:card|number|no)/i;
const TRAVEL = /护照|通行证|回乡证|台胞证|passport|permit/i;

const before = (text: string, at: number): string => text.slice(Math.max(0, at - LOOK_BACK), at);

/** Whether the words just before say that an identity number follows: without a check digit, form alone says too little. */
export const namesIdentity = (text: string, at: number): boolean => IDENTITY.test(before(text, at));
/** Whether the words just before say that a travel document follows. */
export const namesTravel = (text: string, at: number): boolean => TRAVEL.test(before(text, at));
