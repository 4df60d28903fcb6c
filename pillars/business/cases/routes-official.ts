import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import type { Audit } from '@zhengwu/audit';
import type { Files } from '@zhengwu/files';
import type { Sealer } from '@zhengwu/crypto';
import { withChecking } from './checking.ts';
import { fileAnswer, type Http } from '@zhengwu/http';
import { displayOf, fieldOf } from './answers.ts';
import { intake } from './applying.ts';
import type { Colleagues } from './colleagues.ts';
import { onCase } from './commands.ts';
import { iso, type CaseWhole } from './case-view.ts';
import type { Counter } from './draft.ts';
import type { CaseService } from './ground.ts';
import { fail } from './errors.ts';
import { revoke } from './closing.ts';
import { setCase } from './flow.ts';
import { historyRow, note, type Note } from './history.ts';
import { evaluateIntake, intakeForm } from './intake-form.ts';
import { caseList, queueCounts, queueList } from './lists.ts';
import type { NoticePrinter } from './notices.ts';
import { caseDetail } from './official-view.ts';
import { onceOf } from './routes-applicant.ts';
import { wrongState } from './states.ts';
import type { OfficeStore } from './store-office.ts';

/** What the officials' routes stand on. */
export interface Office {
  counter: Counter;
  files: Files;
  office: OfficeStore;
  print: NoticePrinter;
  audit: Audit;
  colleagues: Colleagues;
  /** Seals the facts of an application at the counter. */
  sealer: Sealer;
}

/** To how many a case is circulated at once. */
const MOST_READERS = 200;

/** One personal value in clear. */
const clearValue = (service: CaseService, whole: CaseWhole, wanted: string): string => {
  const { contact, answers } = whole.application;
  if (wanted === 'applicant.identifier') return contact.identifier;
  if (wanted === 'applicant.phone') return contact.phone ?? '';
  const field = fieldOf(service.form, wanted);
  if (!field) throw fail('case.unknown');
  return displayOf(field, answers[wanted], true).zh;
};

const reading = (http: Http, { counter, files, office, print, audit, colleagues }: Office): void => {
  const { desk, work } = counter;
  http.route(api.workQueues, (call) => queueCounts(desk, work, call.actor));
  http.route(api.workList, (call) => queueList(desk, work, call.actor, call.query));
  http.route(api.listCases, (call) => caseList(desk, work, call.actor, call.query));
  http.route(api.openCase, async (call) => {
    const [whole, standsFor] = await Promise.all([work.view(call.actor, call.params.id), colleagues.standsInFor(call.actor)]);
    return withChecking(files, whole, caseDetail(desk.ground, desk.serviceOf(whole.case.pack_hash, whole.case.service), call.actor, whole, desk.now(), standsFor));
  });
  http.route(api.caseDiagram, (call) => office.diagram(call.actor, call.params.id));
  http.route(api.revealField, async (call) => {
    const whole = await work.view(call.actor, call.params.id);
    const service = desk.serviceOf(whole.case.pack_hash, whole.case.service);
    const value = clearValue(service, whole, call.body.key);
    // Answered only when it is set down who looked at what, and why.
    await audit.read(call.actor, { event: 'case.revealed', subject: whole.case.id, detail: { key: call.body.key, reason: call.body.reason } });
    return { value };
  });
  http.route(api.caseMaterialFile, async (call) => {
    const whole = await work.view(call.actor, call.params.id);
    const material = whole.materials.find((one) => one.id === call.params.material);
    if (!material?.file_hash) throw fail('case.unknown');
    await office.seen(call.actor, material.id);
    const { body, size } = await files.open(material.file_hash);
    return fileAnswer({ body, size, type: material.file_type ?? 'application/octet-stream', name: material.file_name ?? material.code, inline: true });
  });
  http.route(api.caseNotice, async (call) => fileAnswer(await print(await work.view(call.actor, call.params.id), call.params.kind)));
};

const acting = (http: Http, { counter, office, colleagues }: Office): void => {
  const { desk, work } = counter;
  const lineOf = (actor: Actor, id: string, entry: Note) => historyRow({ actor, now: desk.now(), row: { id } }, { ...entry, internal: true });
  http.route(api.checkMaterial, async (call) => {
    const whole = await work.view(call.actor, call.params.id);
    const material = whole.materials.find((one) => one.id === call.params.material);
    if (!material) throw fail('case.unknown');
    const { verdict, note: remark = null } = call.body;
    const service = desk.serviceOf(whole.case.pack_hash, whole.case.service);
    const name = service.materials.find((one) => one.code === material.code)?.name ?? { zh: material.code, en: material.code };
    const found = { seen: { zh: '已查看', en: 'seen' }, ok: { zh: '合格', en: 'in order' }, incomplete: { zh: '不合格', en: 'not in order' } }[verdict];
    await office.judge(call.actor, call.params.id, { material: material.id, verdict, note: remark }, lineOf(call.actor, call.params.id, {
      kind: 'materialChecked', zh: `材料核对：${name.zh}${found.zh}`, en: `Material checked: ${name.en} ${found.en}`, detail: remark ? { zh: remark, en: remark } : undefined,
    }));
    return { verdict };
  });
  http.route(api.noteCase, (call) => onCase(desk, call.params.id, {
    actor: call.actor, once: onceOf(call),
    work: (flow) => {
      note(flow, { kind: 'note', zh: '备注', en: 'Note', detail: { zh: call.body.text, en: call.body.text }, internal: true });
      flow.unit.audit.push({ event: 'case.noted', subject: flow.row.id });
      return { at: flow.now.toISOString() };
    },
  }));
  http.route(api.circulateCase, async (call) => {
    await work.view(call.actor, call.params.id);
    const [people, groups] = [await colleagues.named(call.body.to ?? []), await colleagues.groups(call.body.groups ?? [])];
    const to = [...new Set([...people, ...groups.flatMap((group) => group.members)].map((one) => one.id))];
    if (to.length === 0) throw fail('case.nobody');
    if (to.length > MOST_READERS) throw fail('case.too-many-readers', { most: MOST_READERS, count: to.length });
    const zh = [...groups.map(({ name, members }) => `${name.zh}（${members.length}人）`), ...people.map((one) => one.name)].join('、');
    const en = [...groups.map(({ name, members }) => `${name.en} (${members.length})`), ...people.map((one) => one.name)].join(', ');
    const remark = call.body.note ?? null;
    const line = lineOf(call.actor, call.params.id, { kind: 'circulated', zh: `传阅给${zh}`, en: `Circulated to ${en}`, detail: remark ? { zh: remark, en: remark } : undefined });
    return { sent: await office.circulate(call.actor, onceOf(call), call.params.id, { to, note: remark }, line) };
  });
  http.route(api.readCirculated, async (call) => ({ read: await office.read(call.actor, call.params.id) }));
  http.route(api.revokeCase, async (call) => {
    const whole = await work.view(call.actor, call.params.id);
    return onCase(desk, call.params.id, {
      actor: call.actor, once: onceOf(call),
      work: (flow) => {
        if (flow.row.version !== call.body.version) throw fail('case.changed');
        revoke(flow, call.body.reason, whole.licences.map((licence) => licence.id));
        return { state: flow.row.state };
      },
    });
  });
  http.route(api.deliverCase, (call) => onCase(desk, call.params.id, {
    actor: call.actor, once: onceOf(call),
    work: (flow) => {
      if (!flow.row.closed_at) throw wrongState(flow.row.state);
      if (flow.row.delivered_at) return { deliveredAt: iso(flow.row.delivered_at) };
      const deliveredAt = flow.now.toISOString();
      setCase(flow, { delivered_at: deliveredAt });
      note(flow, { kind: 'delivered', zh: '结果已送达', en: 'Result delivered', detail: { zh: call.body.receipt ?? call.body.how, en: call.body.receipt ?? call.body.how } });
      flow.unit.audit.push({ event: 'case.delivered', subject: flow.row.id, detail: { how: call.body.how } });
      return { deliveredAt };
    },
  }));
  http.route(api.getStamp, async (call) => ({ image: await office.stamp(call.actor) }));
  http.route(api.putStamp, async (call) => {
    if (!/^data:image\/png;base64,[A-Za-z0-9+/=]+$/.test(call.body.image)) throw fail('stamp.invalid');
    await office.keepStamp(call.actor, call.body.image);
    return { kept: true };
  });
};

/** What officials read and do, single tasks apart. */
export const officialRoutes = (http: Http, on: Office): void => {
  const { counter, sealer } = on;
  reading(http, on);
  acting(http, on);
  http.route(api.intakeForm, (call) => intakeForm(counter, sealer, call.actor, call.params.service, call.query.identifier));
  http.route(api.evaluateIntake, async (call) => evaluateIntake(counter, sealer, call.actor, call.params.service, call.body.values, call.body.facts));
  http.route(api.intakeCase, (call) => intake(counter, call.actor, call.params.service, call.body, onceOf(call)));
};
