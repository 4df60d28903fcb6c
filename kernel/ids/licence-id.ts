import { mod3736 } from './check-digits.ts';
import { isUscc } from './uscc.ts';

const ROOT = '1.2.156.3005.2';
const FORM = /^1\.2\.156\.3005\.2\.([0-9A-Z]+)\.([0-9A-Z]{18})\.([0-9A-Z]+)\.(\d{3})\.([0-9A-Z])$/;

export interface LicenceId {
  /** Code of the licence type, such as 11100000000013338W011. */
  type: string;
  /** Unified social credit code of the body that issues it. */
  issuer: string;
  /** 0-9A-Z. */
  serial: string;
  /** 1 to 999; a new edition of the same licence counts on. */
  version: number;
}

/** An electronic licence's identifier (GB/T 36904): root, type, issuer, serial, version, check (ISO 7064 MOD 37,36). Throws RangeError when a part is wrong. */
export const composeLicenceId = ({ type, issuer, serial, version }: LicenceId): string => {
  const edition = String(version).padStart(3, '0');
  const id = `${ROOT}.${type}.${issuer}.${serial}.${edition}.${mod3736(type + issuer + serial + edition)}`;
  if (!parseLicenceId(id)) throw new RangeError('licence id: a part is out of range');
  return id;
};

/** Reads a licence identifier; undefined when its form, issuer or check character is wrong. */
export const parseLicenceId = (text: string): LicenceId | undefined => {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, type = '', issuer = '', serial = '', edition = '', check] = match;
  if (!isUscc(issuer) || edition === '000' || mod3736(type + issuer + serial + edition) !== check) return undefined;
  return { type, issuer, serial, version: Number(edition) };
};

/** True for a licence identifier that passes GB/T 36904. */
export const isLicenceId = (text: string): boolean => parseLicenceId(text) !== undefined;
