import { readFile } from 'node:fs/promises';
import { secrecyMarksIn, SECRECY_LEVELS, type Finding, type SecrecyLevel } from '@zhengwu/detectors';
import { documentText } from './document-text.ts';
import type { FileType } from './file-types.ts';

/** Larger ones are not read. */
const LARGEST = 64 * 1024 * 1024;

const PERIOD = /^[ ★☆]{0,6}(?:\d ?\d? {0,2}年|长 ?期|启 ?用 ?前)/;
/** Some writers of PDF set each character apart: there a mark counts with its period, for a star alone may begin the next line. */
const spreadMarks = (text: string): Finding[] => {
  const joined = text.replaceAll(/\s+/g, ' ');
  return secrecyMarksIn(joined).filter(({ at, length }) => PERIOD.test(joined.slice(at + length, at + length + 24)));
};

/**
 * The highest level that the marks of a state secret in a document name (GB/T 9704-2012 7.2.2), or that its name begins or ends with; undefined where
 * it has none. What a picture shows can't be told.
 */
export const secrecyOf = async (path: string, size: number, type: FileType, name: string): Promise<SecrecyLevel | undefined> => {
  const text = size > LARGEST ? '' : await documentText(await readFile(path), type.type);
  const found = new Set([...secrecyMarksIn(text), ...secrecyMarksIn(name), ...(type.type === 'application/pdf' ? spreadMarks(text) : [])].map(({ sample }) => sample));
  return SECRECY_LEVELS.find((level) => found.has(level));
};
