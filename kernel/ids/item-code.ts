import { isUscc } from './uscc.ts';

/** Parts of an implementation code 实施编码 (GB/T 39554): 31 characters. */
export interface ImplementationCode {
  /** Unified social credit code of the implementing body, 18. */
  body: string;
  /** Exercise level 行使层级, 1 to 7. */
  level: string;
  /** Catalogue code 基本编码, 12 digits. */
  catalogue: string;
}

/** A handling item code 业务办理项编码 adds two digits: 33 characters. */
export interface HandlingCode extends ImplementationCode {
  /** 01 to 99. */
  item: string;
}

const CATALOGUE = /^\d{12}$/;

/** Reads an implementation code; undefined when its form, level or issuing body is wrong. */
export const parseImplementationCode = (text: string): ImplementationCode | undefined => {
  const [body, level, catalogue] = [text.slice(0, 18), text.slice(18, 19), text.slice(19)];
  return isUscc(body) && /^[1-7]$/.test(level) && CATALOGUE.test(catalogue) ? { body, level, catalogue } : undefined;
};

/** Reads a handling item code; undefined when its form is wrong. */
export const parseHandlingCode = (text: string): HandlingCode | undefined => {
  const implementation = parseImplementationCode(text.slice(0, 31));
  const item = text.slice(31);
  return implementation && /^\d{2}$/.test(item) && item !== '00' ? { ...implementation, item } : undefined;
};

/** True for a well-formed implementation code of 31 characters. */
export const isImplementationCode = (text: string): boolean => parseImplementationCode(text) !== undefined;

/** True for a well-formed handling item code of 33 characters. */
export const isHandlingCode = (text: string): boolean => parseHandlingCode(text) !== undefined;

/** Makes an implementation code. Throws RangeError when a part is wrong. */
export const composeImplementationCode = ({ body, level, catalogue }: ImplementationCode): string => {
  const code = body + level + catalogue;
  if (!parseImplementationCode(code)) throw new RangeError('implementation code: a part is out of range');
  return code;
};

/** Makes a handling item code. Throws RangeError when a part is wrong. */
export const composeHandlingCode = (parts: HandlingCode): string => {
  const code = composeImplementationCode(parts) + parts.item;
  if (!parseHandlingCode(code)) throw new RangeError('handling item code: the item is 01 to 99');
  return code;
};
