import { expect, test } from 'vitest';
import { lastWord } from './last-word.ts';

const line = (pid: number, text: string): string => `2026-11-22 22:14:21.103 UTC [${pid}] ${text}`;

test('what the server itself said counts, not the end of a killed one’s children in the same log', () => {
  const log = [
    line(41, 'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use'),
    line(17, 'FATAL:  terminating connection due to unexpected postmaster exit'),
  ].join('\n');
  expect(lastWord(log, 41)).toBe('pre-existing shared memory block (key 1, ID 2) is still in use');
});

test('where the server said nothing, whoever of its processes did is heard; a full disk is told in our words', () => {
  const recovery = line(42, 'FATAL:  could not locate a valid checkpoint record');
  expect(lastWord(`${line(41, 'LOG:  starting PostgreSQL')}\n${recovery}`, 41)).toBe('could not locate a valid checkpoint record');
  expect(lastWord(`${recovery}\n${line(42, 'PANIC:  could not extend file: No space left on device')}`, 41)).toBe('the disk is full');
  expect(lastWord('')).toBe('it said nothing');
});
