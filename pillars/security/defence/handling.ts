import { isIP } from 'node:net';
import type { Actor, BodyOf, handleAlert, respondToAlert, ResponseOf } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import type { Blocks } from './blocks.ts';
import { fail } from './errors.ts';
import { plainAddress } from './places.ts';
import { respond } from './responding.ts';
import * as store from './store-alerts.ts';
import type { AlertState } from './store-alerts.ts';

const NEXT: Readonly<Record<BodyOf<typeof handleAlert>['act'], AlertState | null>> = { take: 'inHand', note: null, confirm: 'confirmed', false: 'false', reopen: 'inHand' };
const isDecided = (state: AlertState): boolean => state === 'confirmed' || state === 'false';
/** Quiet about what was no attack, where nobody says how long. */
const QUIET_HOURS = 24;

/** Takes an alert in hand, notes, decides or reopens it, by the version that was looked at. */
export const handle = async (site: Site, tx: Tx, actor: Actor, id: string, body: BodyOf<typeof handleAlert>): Promise<ResponseOf<typeof handleAlert>> => {
  const row = await store.alertRow(tx, id);
  if (!row) throw fail('defence.unknown-alert');
  if (isDecided(row.state) !== (body.act === 'reopen') && body.act !== 'note') throw fail('defence.decided');
  if (body.act === 'reopen' && (await store.openTwin(tx, id))) throw fail('defence.changed');
  const state = NEXT[body.act] ?? row.state;
  const holder = body.act === 'note' ? { id: actor.accountId, name: row.holder_name } : { id: actor.accountId, name: actor.name };
  const version = await store.moveAlert(tx, id, body.version, state, holder);
  if (version === null) throw fail('defence.changed');
  await store.addStep(tx, id, { account: actor.accountId, name: actor.name }, body.act, body.note ?? null);
  if (body.act === 'false') await store.suppress(tx, { kind: row.kind, subject: row.subject, hours: body.quietHours ?? QUIET_HOURS, name: actor.name, alert: id });
  await site.audit.recordFor(tx, actor, { event: 'defence.handled', subject: id, detail: { act: body.act, kind: row.kind, ...(body.act === 'false' ? { quietHours: body.quietHours ?? QUIET_HOURS } : {}) } });
  return { state, version };
};

/** A response that a person orders: only against what the alert found, never against our own addresses or oneself. */
export const respondByHand = async (site: Site, tx: Tx, blocks: Blocks, actor: Actor, id: string, body: BodyOf<typeof respondToAlert>): Promise<string | null> => {
  if (!(await store.alertRow(tx, id))) throw fail('defence.unknown-alert');
  const seen = await store.evidenceOf(tx, id);
  const target = body.kind === 'block' ? plainAddress(body.target) : body.target;
  if (!seen.some((one) => (body.kind === 'block' ? one.address : one.account) === target) || (body.kind === 'block' && isIP(target) === 0)) throw fail('defence.bad-target');
  if (body.kind === 'block' && blocks.isOwn(target)) throw fail('defence.own-address');
  if (body.kind !== 'block' && target === actor.accountId) throw fail('defence.own-account');
  const response = await respond(site, tx, { alert: id, kind: body.kind, target, minutes: body.minutes }, actor);
  await store.addStep(tx, id, { account: actor.accountId, name: actor.name }, body.kind, body.reason);
  return response;
};
