import { readFile, stat } from 'node:fs/promises';
import type { Server } from 'node:tls';
import type { Log } from '@zhengwu/log';

/** Certificate with its chain, and its key, in PEM. */
export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

/**
 * What a listener of ours speaks (OWASP ASVS 5.0 V12.1.1, V12.1.2; GB/T 22239-2019 8.1.2.2): TLS 1.2 and 1.3, the suites with ephemeral keys and
 * authenticated encryption, ours first.
 */
export const TLS_RULES = Object.freeze({
  minVersion: 'TLSv1.2' as const,
  honorCipherOrder: true,
  ciphers: [
    'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
  handshakeTimeout: 10_000,
  ALPNProtocols: ['http/1.1'],
});

const LOOK_MS = 60_000;

/** Both files where both are set. */
export const filesOf = ({ certFile, keyFile }: Partial<TlsFiles>): TlsFiles | undefined => (certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined);

/** The options of a listener from its files. Throws when one can't be read. */
export const readTls = async ({ certFile, keyFile }: TlsFiles) => ({ ...TLS_RULES, cert: await readFile(certFile), key: await readFile(keyFile) });

const changedAt = async ({ certFile, keyFile }: TlsFiles): Promise<string> => (await Promise.all([stat(certFile), stat(keyFile)])).map(({ mtimeMs }) => mtimeMs).join(' ');

/** Looks every `ms` whether the files were renewed and gives the listener the new ones; what does not fit is told in the log and the old ones stay. Ends with the listener. */
export const followFiles = async (server: Server, files: TlsFiles, log: Log, ms = LOOK_MS): Promise<void> => {
  let known = await changedAt(files);
  const look = async (): Promise<void> => {
    const now = await changedAt(files);
    if (now === known) return;
    server.setSecureContext(await readTls(files));
    known = now;
    log.info({ certFile: files.certFile }, 'the renewed certificate is in use');
  };
  const timer = setInterval(() => void look().catch((error: unknown) => log.error({ err: error, certFile: files.certFile }, 'the renewed certificate could not be used; the one before stays')), ms);
  timer.unref();
  server.once('close', () => clearInterval(timer));
};
