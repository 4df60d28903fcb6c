export interface Division {
  province: string;
  city: string;
  county: string;
  /** `000` where the code is of six digits. */
  town: string;
  village: string;
  level: 'province' | 'city' | 'county' | 'town' | 'village';
}

const levelOf = ({ city, county, town, village }: Omit<Division, 'level'>): Division['level'] => {
  if (village !== '000') return 'village';
  if (town !== '000') return 'town';
  if (county !== '00') return 'county';
  return city === '00' ? 'province' : 'city';
};

/** Reads a division code of 6 digits (GB/T 2260) or 12 (statistical); undefined when its form is wrong or a level is skipped. */
export const parseDivision = (code: string): Division | undefined => {
  const match = /^([1-9]\d)(\d\d)(\d\d)(?:(\d{3})(\d{3}))?$/.exec(code);
  if (!match) return undefined;
  const [, province = '', city = '', county = '', town = '000', village = '000'] = match;
  // A town may stand under a city that has no counties (东莞 中山 儋州 嘉峪关), so only these two gaps are wrong.
  if ((city === '00' && (county !== '00' || town !== '000')) || (town === '000' && village !== '000')) return undefined;
  return { province, city, county, town, village, level: levelOf({ province, city, county, town, village }) };
};

/** True for a well-formed division code of 6 or 12 digits. */
export const isDivisionCode = (code: string): boolean => parseDivision(code) !== undefined;

const cut = { province: 2, city: 4, county: 6, town: 9, village: 12 };

/** True when `inner` lies in `outer` or is it; both of 6 or 12 digits. */
export const isWithinDivision = (inner: string, outer: string): boolean => {
  const whole = parseDivision(outer);
  if (!whole || !parseDivision(inner)) return false;
  const prefix = outer.padEnd(12, '0').slice(0, cut[whole.level]);
  return inner.padEnd(12, '0').startsWith(prefix);
};
