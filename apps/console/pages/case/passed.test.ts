import { expect, test } from 'vitest';
import { passed, type Step } from './passed.ts';

const step = (id: string, from: string[], more: Partial<Step> = {}): Step => ({ id, from, isStart: false, isEnd: false, isUser: false, joins: false, ...more });
const steps = [
  step('start', [], { isStart: true }), step('check', ['start']), step('accept', ['check'], { isUser: true }), step('accepted', ['accept']), step('refuse', ['accepted']),
  step('refused', ['refuse'], { isEnd: true }), step('split', ['accepted']), step('left', ['split']), step('right', ['split'], { isUser: true }), step('join', ['left', 'right'], { joins: true }),
  step('issue', ['join']), step('end', ['issue'], { isEnd: true }),
];

test('automatic steps on the way are passed, those ahead and the current one are not', () => {
  expect(passed(steps, { done: [], active: ['accept'] }, false)).toEqual(['start', 'check']);
  expect(passed(steps, { done: ['accept'], active: ['right'] }, false).sort()).toEqual(['accept', 'accepted', 'check', 'split', 'start']);
});

test('a parallel join needs all its branches; where either way may have been taken none is marked', () => {
  const beyond = [...steps, step('deliver', ['issue'], { isUser: true })];
  expect(passed(beyond, { done: ['accept', 'right'], active: ['deliver'] }, false)).toEqual(expect.arrayContaining(['left', 'join', 'issue']));
  expect(passed(steps, { done: ['accept'], active: [] }, true)).toEqual(expect.arrayContaining(['refuse', 'refused']));
  expect(passed(steps, { done: ['accept', 'right'], active: [] }, true)).not.toContain('refuse');
});
