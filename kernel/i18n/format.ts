import type { Language } from '@zhengwu/contracts';

const ZONE = 'Asia/Shanghai';
const locale = (language: Language): string => (language === 'en' ? 'en-GB' : 'zh-CN');

const cached = <T>(make: (language: Language) => T): ((language: Language) => T) => {
  const kept = new Map<Language, T>();
  return (language) => {
    let one = kept.get(language);
    if (one === undefined) kept.set(language, (one = make(language)));
    return one;
  };
};

const numbers = cached((language) => new Intl.NumberFormat(locale(language)));
const yuan = cached((language) => new Intl.NumberFormat(locale(language), { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
const days = cached((language) => new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone: 'UTC' }));
const instants = cached((language) => new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeStyle: 'short', timeZone: ZONE, hour12: false }));

/** 1,234,567 with separators. */
export const formatNumber = (value: number, language: Language): string => numbers(language).format(value);

/** Money from integer fen: `20.00 元`, `CNY 20.00`. Throws RangeError for anything but an integer. */
export const formatMoney = (fen: number, language: Language): string => {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`money must be whole fen, not ${fen}`);
  const amount = yuan(language).format(fen / 100);
  return language === 'en' ? `CNY ${amount}` : `${amount} 元`;
};

/** A calendar day `YYYY-MM-DD`: `2026年11月22日`, `22 November 2026`. Throws RangeError for a day that does not exist. */
export const formatDay = (day: string, language: Language): string => {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) throw new RangeError(`no such day: ${day}`);
  return days(language).format(date);
};

/** An instant, in Beijing time, to the minute. */
export const formatInstant = (instant: Date | string, language: Language): string =>
  instants(language).format(typeof instant === 'string' ? new Date(instant) : instant);

/** `5 个工作日`, `5 working days`. */
export const formatWorkingDays = (count: number, language: Language): string =>
  language === 'en' ? `${formatNumber(count, language)} working ${count === 1 ? 'day' : 'days'}` : `${formatNumber(count, language)} 个工作日`;

/** Whole minutes as days, hours and minutes, the two largest units: `1 天 3 小时`, `1 day 3 hours`. */
export const formatDuration = (minutes: number, language: Language): string => {
  const whole = Math.max(0, Math.round(minutes));
  const parts: [number, string, string][] = [
    [Math.floor(whole / 1440), '天', 'day'],
    [Math.floor((whole % 1440) / 60), '小时', 'hour'],
    [whole % 60, '分钟', 'minute'],
  ];
  const shown = parts.filter(([count]) => count > 0).slice(0, 2);
  const words = (shown.length > 0 ? shown : parts.slice(2)).map(([count, zh, en]) =>
    language === 'en' ? `${count} ${en}${count === 1 ? '' : 's'}` : `${count} ${zh}`,
  );
  return words.join(' ');
};

/** Bytes for people: `340 KB`, `1.5 MB` (1 KB = 1024 bytes). */
export const formatSize = (bytes: number, language: Language): string => {
  if (bytes < 1024) return language === 'en' ? `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}` : `${bytes} 字节`;
  const units = ['KB', 'MB', 'GB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[unit]}`;
};
