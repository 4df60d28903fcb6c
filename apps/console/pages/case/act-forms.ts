import {
  addSigner, chaseCase, circulateCase, claimTask, delegateTask, deliverCase, extendCase, noteCase, releaseTask, removeSigner, resumeCase, revokeCase, sendBackTask, suspendCase,
  takeOnTask, takeOverTask, transferTask, type Act, type AnyOperation, type CaseDetail, type CaseTask,
} from '@zhengwu/contracts';

/** How one field of an act is asked. */
export type ActField =
  | { kind: 'line' | 'paragraph'; key: string; optional?: boolean }
  | { kind: 'person' | 'people' | 'groups'; key: string; optional?: boolean }
  | { kind: 'number'; key: string; least: number; most: number }
  | { kind: 'suspension' | 'earlier' | 'delivery' | 'day'; key: string }
  | { kind: 'yes'; key: string };

export interface ActForm {
  act: Act;
  operation: AnyOperation;
  /** Whom the act is about: the body and the address differ. */
  on: 'task' | 'case';
  fields: readonly ActField[];
  /** The body carries the version that the official looked at. */
  versioned: boolean;
  danger?: boolean;
}

const form = (act: Act, operation: AnyOperation, on: 'task' | 'case', fields: readonly ActField[] = [], more: Partial<ActForm> = {}): ActForm =>
  ({ act, operation, on, fields, versioned: on === 'task', ...more });

const reason = { kind: 'line', key: 'reason' } as const;
const why = { kind: 'paragraph', key: 'reason' } as const;

/** Every act that is asked by a plain form, in the order that the page offers them. Deciding, correcting and looking at materials have pages of their own. */
export const actForms: readonly ActForm[] = [
  form('claim', claimTask, 'task'),
  form('release', releaseTask, 'task'),
  form('takeOver', takeOverTask, 'task', [reason]),
  form('takeOn', takeOnTask, 'task', [reason]),
  form('transfer', transferTask, 'task', [{ kind: 'person', key: 'to' }, reason]),
  form('delegate', delegateTask, 'task', [{ kind: 'person', key: 'to' }, reason]),
  form('addSigner', addSigner, 'task', [{ kind: 'person', key: 'to' }, reason]),
  form('removeSigner', removeSigner, 'task', [reason], { danger: true }),
  form('sendBack', sendBackTask, 'task', [{ kind: 'earlier', key: 'element' }, why, { kind: 'yes', key: 'returnToSender' }], { danger: true }),
  form('suspend', suspendCase, 'task', [{ kind: 'suspension', key: 'kind' }, { kind: 'number', key: 'plannedDays', least: 1, most: 250 }, why]),
  form('resume', resumeCase, 'task', [{ kind: 'paragraph', key: 'result' }]),
  form('extend', extendCase, 'task', [{ kind: 'number', key: 'days', least: 1, most: 15 }, why]),
  form('note', noteCase, 'case', [{ kind: 'paragraph', key: 'text' }]),
  form('circulate', circulateCase, 'case', [{ kind: 'people', key: 'to', optional: true }, { kind: 'groups', key: 'groups', optional: true }, { kind: 'line', key: 'note', optional: true }]),
  form('chase', chaseCase, 'case', [{ kind: 'paragraph', key: 'text' }, { kind: 'day', key: 'answerBy' }]),
  form('deliver', deliverCase, 'case', [{ kind: 'delivery', key: 'how' }, { kind: 'line', key: 'receipt', optional: true }]),
  form('revoke', revokeCase, 'case', [why], { versioned: true, danger: true }),
];

export type ActValues = Record<string, unknown>;

/** Keys of fields that are still to be filled. */
export const missingFields = (fields: readonly ActField[], values: ActValues): string[] =>
  fields.filter((field) => {
    if (field.kind === 'yes' || ('optional' in field && field.optional)) return false;
    const value = values[field.key];
    return value === undefined || value === null || (typeof value === 'string' && !value.trim()) || (Array.isArray(value) && value.length === 0);
  }).map((field) => field.key);

const cleaned = (fields: readonly ActField[], values: ActValues): ActValues => {
  const body: ActValues = {};
  for (const field of fields) {
    const value = values[field.key];
    if (field.kind === 'yes') body[field.key] = value === true;
    else if (field.kind === 'person') body[field.key] = Array.isArray(value) ? value[0] : value;
    else if (typeof value === 'string') {
      if (value.trim()) body[field.key] = value.trim();
    } else if (value !== undefined && value !== null) body[field.key] = value;
  }
  return body;
};

/** Address and body of an act as its operation wants them. */
export const actInput = (chosen: ActForm, detail: Pick<CaseDetail, 'id' | 'version'>, task: Pick<CaseTask, 'id' | 'version'> | null, values: ActValues): { params: Record<string, string>; body: ActValues } => {
  const body = cleaned(chosen.fields, values);
  if (chosen.versioned) body['version'] = chosen.on === 'task' ? task?.version : detail.version;
  if (chosen.act === 'chase') return { params: {}, body: { ...body, caseId: detail.id } };
  return { params: { id: chosen.on === 'task' ? (task?.id ?? '') : detail.id }, body };
};
