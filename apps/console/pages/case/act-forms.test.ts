import { describe, expect, test } from 'vitest';
import type { CaseDetail, CaseTask } from '@zhengwu/contracts';
import { addressOf } from '@zhengwu/contracts';
import { Value } from 'typebox/value';
import { actForms, actInput, missingFields, type ActForm } from './act-forms.ts';
import { changesBetween } from './changes.ts';
import { taskToWork } from './work-panel.tsx';
import { flipDay } from '../admin/calendar.tsx';

const id = '019b7c01-0400-7ad8-b16b-28300c6403e1';
const detail = { id, version: 7 } as CaseDetail;
const task = { id, version: 3 } as CaseTask;
const answerOf: Record<string, unknown> = { line: '理由', paragraph: '理由', person: [id], people: [id], number: 5, suspension: 'hearing', earlier: 'review', delivery: 'window', day: '2026-12-01', yes: true };
const filled = (form: ActForm) => Object.fromEntries(form.fields.map((field) => [field.key, answerOf[field.kind]]));

describe('acts', () => {
  test.each(actForms.map((form) => [form.act, form] as const))('%s sends what its operation takes', (_act, form) => {
    const input = actInput(form, detail, task, filled(form));
    expect(missingFields(form.fields, filled(form))).toEqual([]);
    expect([...Value.Errors(form.operation.body as never, input.body)]).toEqual([]);
    expect(addressOf(form.operation, input.params)).not.toContain('undefined');
  });

  test('what is required is named, what is optional or a switch is not', () => {
    const sendBack = actForms.find((form) => form.act === 'sendBack') as ActForm;
    expect(missingFields(sendBack.fields, { reason: '  ' })).toEqual(['element', 'reason']);
    expect(actInput(sendBack, detail, task, { element: 'e', reason: ' r ' }).body).toEqual({ element: 'e', reason: 'r', returnToSender: false, version: 3 });
  });
});

describe('conflict', () => {
  const base = { timeline: [{ at: '2026-11-20T02:00:00Z', kind: 'accepted', title: { zh: '受理', en: 'Accepted' } }], state: 8, stateText: { zh: '部门受理', en: 'Accepted' }, tasks: [{ id: 't', name: { zh: '审核', en: 'Review' }, assignee: null, acts: [] }] } as unknown as CaseDetail;
  test('says who changed what since it was read', () => {
    const after = { ...base, timeline: [...base.timeline, { at: '2026-11-20T02:32:00Z', kind: 'claimed', title: { zh: '认领', en: 'Claimed' }, by: '王某' }], tasks: [{ ...base.tasks[0], assignee: { id: 'w', name: '王某' } }] } as CaseDetail;
    const changes = changesBetween(base, after);
    expect(changes.map((one) => one.by ?? one.text.zh)).toEqual(['王某', '审核：办理人变为王某']);
    expect(changesBetween(base, base)).toEqual([]);
  });

  test('a task asked for is shown even when somebody else has finished it, so that kept words are found again', () => {
    const tasks = [{ id: 'a', acts: [] }, { id: 'b', acts: ['decide'] }] as unknown as CaseTask[];
    expect(taskToWork({ tasks }, 'a')?.id).toBe('a');
    expect(taskToWork({ tasks }, null)?.id).toBe('b');
  });
});

test('a weekday becomes a holiday, a weekend day a working day, and back', () => {
  expect(flipDay([], '2026-10-01')).toEqual([{ day: '2026-10-01', kind: 'holiday' }]);
  expect(flipDay([], '2026-10-10')).toEqual([{ day: '2026-10-10', kind: 'workday' }]);
  expect(flipDay(flipDay([], '2026-10-10'), '2026-10-10')).toEqual([]);
});
