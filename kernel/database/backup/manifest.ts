import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transform } from 'node:stream';
import { StartError } from '../start-error.ts';

/** Encrypts and proves the parts of a backup; each is bound to its path. */
export interface BackupCipher {
  /** What is needed, beside the secret, to make the same cipher again; kept in the manifest. */
  about: string;
  seal(path: string): Transform;
  open(path: string): Transform;
  /** Proof that the manifest was written by a holder of the secret. */
  mac(text: string): string;
}

/** One file of a backup. */
export interface Part {
  /** Path below the backup's folder. */
  path: string;
  bytes: number;
  sha256: string;
}

export interface TablePart extends Part {
  /** `schema.table`, quoted for SQL. */
  table: string;
  /** Columns in the order of the file, quoted for SQL. */
  columns: string;
  rows: number;
  /** Role that owns the table. */
  owner: 'owner' | 'relay';
}

export interface Manifest {
  format: 2;
  at: string;
  /** How rows and bodies are encrypted; null in the open. */
  sealed: string | null;
  migrations: { module: string; id: string; hash: string }[];
  tables: TablePart[];
  sequences: { name: string; value: number }[];
  /** Bodies of files; the name of each is its sha256. */
  files: Part[];
  /** Keys and secrets of the data folder, under their paths there; the keys are wrapped by the passphrase. */
  secrets: Part[];
}

export const manifestFile = 'manifest.json';

/** sha256 of a file in hex. */
export const hashFile = async (path: string): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
};

/** Makes what was written to a file or folder survive a power cut. */
export const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
};

/** Reads a backup's manifest and checks every part of it; a missing, shortened or altered part makes the whole unusable. */
export const readManifest = async (folder: string, cipherFor?: (about: string) => BackupCipher): Promise<Manifest> => {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => {
    throw new StartError(`${folder} is not a complete backup: it has no ${manifestFile}`);
  });
  const { manifest, sha256, mac } = JSON.parse(text) as { manifest: Manifest; sha256: string; mac: string | null };
  if (createHash('sha256').update(JSON.stringify(manifest)).digest('hex') !== sha256) throw new StartError(`${folder}/${manifestFile} was altered`);
  if (manifest.format !== 2) throw new StartError(`${folder} is a backup of another format (${String(manifest.format)})`);
  if (manifest.sealed !== null && cipherFor && cipherFor(manifest.sealed).mac(JSON.stringify(manifest)) !== mac) throw new StartError(`${folder}/${manifestFile} was written under another data key, or altered`);
  for (const part of [...manifest.tables, ...manifest.files, ...manifest.secrets]) {
    const found = await hashFile(join(folder, part.path)).catch(() => null);
    if (found?.sha256 !== part.sha256 || found.bytes !== part.bytes) throw new StartError(`the backup ${folder} is damaged: ${part.path} is ${found ? 'altered' : 'missing'}`);
  }
  return manifest;
};

export const manifestText = (manifest: Manifest, cipher?: BackupCipher): string =>
  `${JSON.stringify({ manifest, sha256: createHash('sha256').update(JSON.stringify(manifest)).digest('hex'), mac: cipher?.mac(JSON.stringify(manifest)) ?? null })}\n`;
