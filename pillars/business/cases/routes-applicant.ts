import * as api from '@zhengwu/contracts';
import type { Files } from '@zhengwu/files';
import { fileAnswer, type Call, type Http } from '@zhengwu/http';
import { onCase, repeatable } from './commands.ts';
import { rate, withdraw } from './applicant-acts.ts';
import { correctWhole, submitDraft, submitWhole } from './applying.ts';
import { myCaseDetail } from './applicant-view.ts';
import { withChecking } from './checking.ts';
import * as drafts from './draft.ts';
import type { Counter } from './draft.ts';
import { fail } from './errors.ts';
import { applicantList } from './lists.ts';
import type { Once } from './committing.ts';
import { arrived, grant, receivePart, receiveWhole } from './uploads.ts';
import type { NoticePrinter } from './notices.ts';

/** The sender's key with the hash of what it came with. */
export const onceOf = (call: Pick<Call, 'operation' | 'idempotencyKey' | 'requestHash'>): Once => ({
  operation: call.operation.id, key: call.idempotencyKey, hash: call.requestHash,
});

const tokenOf = (call: Call): string | undefined => {
  const token = call.request.headers['x-upload-token'];
  return typeof token === 'string' ? token : undefined;
};

const draftRoutes = (http: Http, counter: Counter): void => {
  http.route(api.createDraft, (call) => drafts.beginDraft(counter, call.actor, call.body.service));
  http.route(api.listDrafts, (call) => drafts.listDrafts(counter, call.actor));
  http.route(api.getDraftStep, (call) => drafts.draftStep(counter, call.actor, call.params.id, call.params.step));
  http.route(api.saveDraftStep, (call) => drafts.saveStep(counter, call.actor, call.params.id, call.params.step, call.body));
  http.route(api.getDraftMaterials, (call) => drafts.draftMaterials(counter, call.actor, call.params.id));
  http.route(api.checkDraft, (call) => drafts.draftCheck(counter, call.actor, call.params.id));
  http.route(api.discardDraft, (call) => drafts.discardDraft(counter, call.actor, call.params.id));
  http.route(api.submitDraft, (call) => submitDraft(counter, call.actor, call.params.id, onceOf(call)));
};

const uploadRoutes = (http: Http, counter: Counter, files: Files): void => {
  http.route(api.grantUpload, (call) => grant(counter, call.actor, call.body));
  http.route(api.putUpload, (call) => receiveWhole(counter, files, call.params.id, tokenOf(call as Call), call.stream));
  http.route(api.patchUpload, (call) => {
    const offset = Number(call.request.headers['upload-offset']);
    if (!Number.isSafeInteger(offset) || offset < 0) throw fail('upload.offset', { offset: 0 });
    return receivePart(counter, files, call.params.id, tokenOf(call as Call), offset, call.stream);
  });
  http.route(api.uploadOffset, (call) => arrived(counter, files, call.params.id, tokenOf(call as Call)));
  http.route(api.removeUpload, async (call) => ({ removed: await counter.drafts.removeUpload(call.actor, call.params.id) }));
};

/** What applicants do: drafts, uploads, their cases. */
export const applicantRoutes = (http: Http, counter: Counter, files: Files, print: NoticePrinter): void => {
  const { desk, work } = counter;
  draftRoutes(http, counter);
  uploadRoutes(http, counter, files);
  http.route(api.submitCase, (call) => submitWhole(counter, call.actor, call.body, onceOf(call)));
  http.route(api.myCases, (call) => applicantList(desk, work, call.actor, call.query));
  http.route(api.myCase, async (call) => {
    const whole = await work.view(call.actor, call.params.id);
    return withChecking(files, whole, myCaseDetail(desk.ground, desk.serviceOf(whole.case.pack_hash, whole.case.service), whole, desk.now(), counter.forms.fetched(whole.application.facts)));
  });
  http.route(api.correctCase, (call) => correctWhole(counter, call.actor, call.params.id, call.body, onceOf(call)));
  http.route(api.withdrawCase, (call) => onCase(desk, call.params.id, {
    actor: call.actor, once: onceOf(call),
    work: (flow) => {
      withdraw(flow, call.body.reason ?? '');
      return { state: flow.row.state };
    },
  }));
  http.route(api.rateCase, (call) => repeatable(desk, { actor: call.actor, once: onceOf(call) }, async () => {
    const whole = await work.view(call.actor, call.params.id);
    if (whole.rating) throw fail('case.already-rated');
    return onCase(desk, call.params.id, { actor: call.actor, once: onceOf(call), work: (flow) => rate(flow, call.body) });
  }));
  http.route(api.caseDocument, async (call) => {
    const whole = await work.view(call.actor, call.params.id);
    return fileAnswer(await print(whole, call.params.kind));
  });
};
