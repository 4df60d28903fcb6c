import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { browserOf, type Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { openChallenge, takeChallenge } from './challenges.ts';
import { fail } from './errors.ts';
import { Identity } from './identity.ts';
import { enrolmentOptions, relyingParty, verifyEnrolment } from './passkeys.ts';
import { proofDoor, prove } from './proving.ts';
import * as store from './store.ts';
import * as proofs from './store-proofs.ts';
import type { Kind } from './store-proofs.ts';
import { ISSUER } from './words.ts';

const mine = (actor: Actor): string => actor.accountId as string;
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The owner enrolled while proved: the session that did it counts as proved by two factors, the others end. */
const raise = async (tx: Tx, actor: Actor): Promise<void> => {
  await proofs.proveSession(tx, actor.sessionId as string, 2);
  await proofs.endOthers(tx, mine(actor), actor.sessionId);
};

/** Refuses to take the last second factor from somebody whose roles need one. */
const refuseLast = async (site: Site, tx: Tx, actor: Actor): Promise<void> => {
  const left = await proofs.hasFactor(tx, mine(actor));
  if (left.code || left.passkey) return;
  if (actor.kind === 'official' && site.use(Identity).mustHaveFactor(actor.posts)) throw fail('factor.required');
  await proofs.replaceRecoveryCodes(tx, mine(actor), []);
};

const codes = (site: Site, http: Http): void => {
  const { factors, sessions } = site.use(Identity);
  const as = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
  const record = (tx: Tx, actor: Actor, event: string, detail: Record<string, unknown> = {}) => site.audit.recordFor(tx, actor, { event, subject: mine(actor), detail });
  http.route(api.beginSecondFactor, ({ actor }) => as(async (tx) => {
    const account = await store.accountById(tx, mine(actor));
    const begun = await factors.begin(tx, mine(actor), account?.username ?? '');
    if (!begun) throw fail('factor.exists');
    return begun;
  }));
  http.route(api.confirmSecondFactor, async ({ actor, body }) => {
    const recoveryCodes = await as(async (tx) => {
      if (!(await factors.confirm(tx, mine(actor), body.code))) throw fail('factor.wrong-code', {}, { issues: [{ path: '/body/code', code: 'factor.wrong-code' }] });
      await raise(tx, actor);
      await record(tx, actor, 'secondFactor.enrolled', { kind: 'code' });
      return factors.renew(tx, mine(actor));
    });
    sessions.forget();
    return { recoveryCodes };
  });
  http.route(api.removeSecondFactor, async ({ actor }) => {
    const done = await as(async (tx) => {
      if (!(await proofs.dropCode(tx, mine(actor)))) return false;
      await refuseLast(site, tx, actor);
      await record(tx, actor, 'secondFactor.removed', { kind: 'code' });
      return true;
    });
    sessions.forget();
    return { done };
  });
  http.route(api.renewRecoveryCodes, ({ actor }) => as(async (tx) => {
    const { code, passkey } = await proofs.hasFactor(tx, mine(actor));
    if (!code && !passkey) throw fail('factor.none');
    await record(tx, actor, 'secondFactor.codesRenewed');
    return { recoveryCodes: await factors.renew(tx, mine(actor)) };
  }));
};

const passkeys = (site: Site, http: Http): void => {
  const { factors, sessions } = site.use(Identity);
  const as = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
  const record = (tx: Tx, actor: Actor, event: string, detail: Record<string, unknown>) => site.audit.recordFor(tx, actor, { event, subject: mine(actor), detail });
  http.route(api.passkeyEnrolment, async ({ actor }) => {
    const [account, held] = await as(async (tx) => [await store.accountById(tx, mine(actor)), await proofs.passkeysOf(tx, mine(actor))] as const);
    const options = await enrolmentOptions(relyingParty(site.config, actor.kind as Kind), ISSUER, { id: mine(actor), username: account?.username ?? '', name: actor.name }, held);
    return { challenge: await as((tx) => openChallenge(tx, 'passkey-enrolment', actor.kind as Kind, { account: mine(actor), challenge: options.challenge })), options };
  });
  http.route(api.addPasskey, async ({ actor, body }) => {
    const half = await as((tx) => takeChallenge(tx, body.challenge, 'passkey-enrolment', actor.kind as Kind));
    const made = half?.challenge && half.account === mine(actor) ? await verifyEnrolment(relyingParty(site.config, actor.kind as Kind), half.challenge, body.response) : null;
    if (!made) throw fail('passkey.refused');
    const id = uuidv7();
    const recoveryCodes = await as(async (tx) => {
      const before = await proofs.hasFactor(tx, mine(actor));
      if (!(await proofs.insertPasskey(tx, { id, account: mine(actor), name: body.name.trim(), ...made }))) throw fail('passkey.refused');
      await raise(tx, actor);
      await record(tx, actor, 'passkey.added', { passkey: id });
      return before.code || before.passkey ? [] : factors.renew(tx, mine(actor));
    });
    sessions.forget();
    return { id, recoveryCodes };
  });
  http.route(api.renamePasskey, async ({ actor, params, body }) => ({
    done: await as(async (tx) => {
      if (!(await proofs.namePasskey(tx, params.id, mine(actor), body.name.trim()))) throw fail('passkey.unknown');
      await record(tx, actor, 'passkey.renamed', { passkey: params.id });
      return true;
    }),
  }));
  http.route(api.removePasskey, async ({ actor, params }) => {
    await as(async (tx) => {
      if (!(await proofs.dropPasskey(tx, params.id, mine(actor)))) throw fail('passkey.unknown');
      await refuseLast(site, tx, actor);
      await record(tx, actor, 'passkey.removed', { passkey: params.id });
    });
    sessions.forget();
    return { done: true };
  });
};

/** What a person sees of, and does to, their own second factors; and proving again that it is they. */
export const factorRoutes = (site: Site, http: Http): void => {
  codes(site, http);
  passkeys(site, http);
  http.route(api.secondFactorState, ({ actor }) => site.database.as(site.database.system, async (tx) => {
    const { code, since, left, verified } = await proofs.factorsOf(tx, mine(actor));
    const held = await proofs.passkeysOf(tx, mine(actor));
    return {
      code, since: iso(since), recoveryCodesLeft: left, verified, required: actor.kind === 'official' && site.use(Identity).mustHaveFactor(actor.posts),
      passkeys: held.map((one) => ({ id: one.id, name: one.name, createdAt: one.created_at.toISOString(), usedAt: iso(one.used_at) })),
    };
  }));
  http.route(api.signInHistory, async ({ actor }) => ({
    items: (await site.database.as(site.database.system, (tx) => proofs.signIns(tx, mine(actor)))).map(({ at, agent, ...line }) => ({ ...line, browser: browserOf(agent), at: at.toISOString() })),
  }));
  http.route(api.proofChallenge, ({ actor }) => proofDoor(site, actor));
  http.route(api.proveAgain, ({ actor, body }) => prove(site, actor, body));
};
