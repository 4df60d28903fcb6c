import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import { refuseUnproved } from '@zhengwu/http';
import { Identity } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import { errors, type InteractionResults } from 'oidc-provider';
import { acrOf, amrOf } from './claims.ts';
import { fail } from './errors.ts';
import { consentPage, hopPage, originOf, pagePolicy } from './pages.ts';
import { neededLevel } from './provider.ts';
import type { Interaction, Provided } from './provided.ts';
import * as store from './store.ts';
import { subjectOf, subjectText } from './subject.ts';
import { speechOf, type Speech } from './words.ts';

const FORM_LIMIT = 4096;
const MINUTE_MS = 60_000;

/** What the request demands of the session: a level, and a proof not older than that instant. */
export interface Demand {
  level: number;
  since: number;
}

const listed = (value: unknown): string[] => (typeof value === 'string' ? value.split(' ') : []);

/** `prompt=login` and `max_age` ask that people prove themselves again (OIDC Core §3.1.2.1). */
export const demandOf = ({ params, iat }: Interaction, client: store.SignOnClient | null, now: number): Demand => {
  const maxAge = params['max_age'] === undefined ? undefined : Number(params['max_age']);
  const since = Math.max(listed(params['prompt']).includes('login') ? (iat ?? 0) * 1000 : 0, maxAge === undefined ? 0 : now - maxAge * 1000);
  return { level: neededLevel(client, params), since };
};

const provedAt = ({ proof }: Actor): number => proof?.at ?? 0;
const provedLevel = ({ proof, assurance }: Actor): number => proof?.level ?? assurance;
const isProved = (actor: Actor, { level, since }: Demand): boolean => provedLevel(actor) >= level && provedAt(actor) >= since;

/** Throws `session.step-up` with the means that would do, unless the session is proved as the request demands. */
export const demandProof = (actor: Actor, { level, since }: Demand, now: number): void =>
  refuseUnproved({ assurance: Math.max(1, level) as 1 | 2 | 3, freshMinutes: (now - since) / MINUTE_MS }, actor, now);

/** The official behind the console's cookie; null where there is none, or who has something else to do first. */
const officialOf = async (site: Site, request: FastifyRequest): Promise<Actor | null> => {
  try {
    const actor = await site.use(Identity).authenticator.authenticate(request, true);
    return actor?.kind === 'official' && actor.accountId !== null && actor.sessionId !== null ? actor : null;
  } catch (error) {
    if (isZhengwuError(error)) return null;
    throw error;
  }
};

const send = (response: ServerResponse, status: number, page: string, target?: string): void => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy(target), 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY' }).end(page);
};
const redirect = (response: ServerResponse, address: string): void => void response.writeHead(303, { location: address, 'content-length': '0' }).end();

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > FORM_LIMIT) throw fail('sign-on.gone');
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
};

interface Step {
  site: Site;
  provided: Provided;
  request: FastifyRequest;
  response: ServerResponse;
  found: Interaction;
  client: store.SignOnClient;
  actor: Actor;
  speech: Speech;
}

/** What the consent form carries is good for this session and this sign-on alone. */
const formPurpose = ({ found }: Pick<Step, 'found'>): string => `sign-on ${found.uid}`;

const finish = async ({ provided, request, response }: Step, result: InteractionResults): Promise<void> =>
  (await provided.provider()).interactionFinished(request.raw, response, result, { mergeWithLastSubmission: true });

const scopesAsked = ({ found, client }: Step): string[] => listed(found.params['scope']).filter((scope) => client.scopes.includes(scope));

const showConsent = (step: Step): void => {
  const { site, client, actor, found, speech, response } = step;
  const token = site.use(Identity).csrf.sign(actor.sessionId as string, formPurpose(step));
  const inWords = (text: { zh: string; en: string }): string => (speech.language === 'en' ? text.en : text.zh);
  send(response, 200, consentPage(speech, { name: inWords(client.name), owner: inWords(client.owner), person: actor.name, scopes: scopesAsked(step), isKept: client.method !== 'none', action: `/sso/interaction/${found.uid}`, token }), originOf(found.params['redirect_uri']));
};

const agree = async (step: Step): Promise<void> => {
  const { site, provided, found, client, actor } = step;
  const provider = await provided.provider();
  const accountId = found.session?.accountId ?? subjectText({ account: actor.accountId as string, session: actor.sessionId as string });
  if (subjectOf(accountId)?.account !== actor.accountId) throw fail('sign-on.gone');
  const grant = (found.grantId === undefined ? undefined : await provider.Grant.find(found.grantId)) ?? new provider.Grant({ accountId, clientId: client.clientId });
  const scopes = scopesAsked(step);
  grant.addOIDCScope(scopes.join(' '));
  const grantId = await grant.save();
  await site.database.as(site.database.system, async (tx) => {
    await store.keepConsent(tx, actor.accountId as string, client.clientId, scopes);
    await site.audit.recordFor(tx, actor, { event: 'signOn.agreed', subject: client.clientId, detail: { scopes } });
  });
  await finish(step, { consent: { grantId } });
};

const answerConsent = async (step: Step): Promise<void> => {
  const form = await readForm(step.request.raw);
  const { csrf } = step.site.use(Identity);
  if (!csrf.verify(form.get('token') ?? '', step.actor.sessionId as string, formPurpose(step))) throw fail('sign-on.gone');
  if (form.get('answer') === 'agree') return agree(step);
  return finish(step, { error: 'access_denied', error_description: 'the person did not agree' });
};

const signIn = async (step: Step): Promise<void> => {
  const { site, found, client, actor, response } = step;
  if (!isProved(actor, demandOf(found, client, Date.now()))) return redirect(response, `/console/sign-on/${found.uid}`);
  const person = await store.personOf(site.database, actor.accountId as string, actor.sessionId as string);
  if (!person) throw fail('sign-on.gone');
  const accountId = subjectText({ account: actor.accountId as string, session: actor.sessionId as string });
  return finish(step, { login: { accountId, acr: acrOf(provedLevel(actor)), amr: amrOf(person.means), ts: Math.floor(provedAt(actor) / 1000), remember: true } });
};

const findInteraction = async (provided: Provided, request: FastifyRequest, response: ServerResponse): Promise<Interaction> => {
  try {
    return (await (await provided.provider()).interactionDetails(request.raw, response)) as unknown as Interaction;
  } catch (error) {
    if (error instanceof errors.SessionNotFound) throw fail('sign-on.gone');
    throw error;
  }
};

/** One step of a sign-on that waits for the person: sign in at the console, prove more, agree. */
export const interact = async (site: Site, provided: Provided, request: FastifyRequest, reply: FastifyReply, uid: string): Promise<void> => {
  const response = reply.raw;
  const speech = speechOf(request.headers['accept-language']);
  const found = await findInteraction(provided, request, response);
  const client = found.uid === uid ? await store.clientOf(site.database, String(found.params['client_id'])) : null;
  if (!client) throw fail('sign-on.gone');
  const actor = await officialOf(site, request);
  if (!actor) {
    const hasHopped = new URL(request.raw.url ?? '', provided.issuer).searchParams.has('here');
    return hasHopped ? redirect(response, `/console/sign-on/${uid}`) : send(response, 200, hopPage(speech, `/sso/interaction/${uid}?here=1`));
  }
  const step: Step = { site, provided, request, response, found, client, actor, speech: speechOf(request.headers['accept-language'], found.params['ui_locales']) };
  if (request.method === 'POST') return answerConsent(step);
  return found.prompt.name === 'login' ? signIn(step) : showConsent(step);
};
