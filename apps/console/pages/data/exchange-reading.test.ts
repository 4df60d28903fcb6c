import { expect, test } from 'vitest';
import { linesOf, momentsOf, pemsOf } from './exchange-reading.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----';

test('what stands one a line, with commas of either writing', () => {
  expect(linesOf(' 10.0.0.1 \n10.0.0.0/8，::1,\n\n')).toEqual(['10.0.0.1', '10.0.0.0/8', '::1']);
});
test('fingerprints and pasted certificates stand side by side', () => {
  const fingerprint = 'a'.repeat(64);
  expect(pemsOf(`${fingerprint}\n${pem}\n${pem}`)).toEqual([fingerprint, pem, pem]);
});
test('moments of several nodes are in the order of time, and of one millisecond in the order of the protocol', () => {
  const step = { request: 'r', message: 'm', client: 'c', service: 's', method: 'GET', requestSize: 0, answerSize: 0, status: 200, fault: null };
  const at = (ms: number): string => new Date(ms).toISOString();
  const moments = momentsOf([
    { ...step, node: 'A', role: 'consumer', requestIn: at(0), requestOut: at(7), answerIn: at(23), answerOut: at(23) },
    { ...step, node: 'B', role: 'provider', requestIn: at(9), requestOut: null, answerIn: null, answerOut: at(9) },
  ]);
  expect(moments.map(({ node, point, at: when }) => `${node} ${point} ${when}`)).toEqual(['A requestIn 0', 'A requestOut 7', 'B requestIn 9', 'B answerOut 9', 'A answerIn 23', 'A answerOut 23']);
});
