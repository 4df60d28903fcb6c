import { inLanguage, type PreCheckResult, type Text } from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import { compileSchema, type CheckSchema } from '@zhengwu/http';
import type { Static } from 'typebox';
import { decided, type FrozenService } from './frozen.ts';

type Result = Static<typeof PreCheckResult>;

/** What a pre-check decision answers. */
interface Verdict {
  eligible: boolean;
  reasons: Text[];
  instead: Text | null;
  materials: string[] | null;
  fee: number | null;
}

const compiled = new WeakMap<object, CheckSchema>();
const checkOf = ({ service }: FrozenService): CheckSchema => {
  const known = compiled.get(service.preCheck);
  if (known) return known;
  const { required: _, ...schema } = service.preCheck.schema;
  const check = compileSchema(schema, '/body/values');
  compiled.set(service.preCheck, check);
  return check;
};

const isTick = (control: string): boolean => control === 'checkbox';

const materialsOf = ({ service }: FrozenService, verdict: Verdict | null): Result['materials'] =>
  service.materials.map((material) => {
    const free = material.satisfiedBy.need !== undefined;
    return {
      code: material.code, name: material.name, needed: verdict?.materials ? verdict.materials.includes(material.code) : material.need === 'required' && !material.needWhen,
      ...(free ? { satisfiedBy: material.sourceExplain ?? { zh: '政府数据核验，免提交', en: 'Checked against government records' } } : {}),
    };
  });

/** Whether one qualifies, why, with which materials and for what fee. Says nothing yet while a question is open. */
export const runPreCheck = (frozen: FrozenService, values: Record<string, unknown>, today: string): Result => {
  const issues = checkOf(frozen)(values);
  if (issues.length > 0) throw common('request.invalid', {}, { issues });
  const { questions, decision } = frozen.service.preCheck;
  const answers = Object.fromEntries(questions.map(({ key, control }) => [key, values[key] ?? (isTick(control) ? false : null)]));
  const promisedDays = frozen.service.listing.promised.days;
  if (Object.values(answers).includes(null)) return { eligible: null, reasons: [], materials: materialsOf(frozen, null), fee: null, promisedDays };
  const verdict = decided(frozen, decision, { answers, today }) as Verdict;
  return {
    eligible: verdict.eligible, reasons: verdict.reasons.filter((reason) => inLanguage(reason, 'zh-CN') !== ''), ...(verdict.instead ? { instead: verdict.instead } : {}),
    materials: materialsOf(frozen, verdict), fee: verdict.fee, promisedDays,
  };
};
