import qrcode from 'qrcode';
import type { Qr } from '../pages/case-parts.tsx';

/** Modules of a QR code for an address, error level M. */
export const qrOf = (address: string): Qr => {
  const { modules } = qrcode.create(address, { errorCorrectionLevel: 'M' });
  return { size: modules.size, dark: (row, column) => Boolean(modules.get(row, column)) };
};
