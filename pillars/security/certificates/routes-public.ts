import type { Readable } from 'node:stream';
import * as api from '@zhengwu/contracts';
import { fileAnswer, type Call, type FileAnswer, type Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { answerQuestion, ANSWER_MINUTES, errorAnswer, isOf, readQuestion, serialOf, type Status } from './ocsp.ts';
import { stampImprint } from './offering.ts';
import { Signing } from './opened.ts';
import { currentList } from './publishing.ts';
import { standings, type StandingRow } from './store-published.ts';
import { grantedAnswer, readStampRequest, refusalAnswer } from './time-stamp.ts';

const CACHED_SECONDS = 300;
const DAY_SECONDS = 86_400;
const OCSP = 'application/ocsp-response';

const shared = ({ reply }: Pick<Call, 'reply'>, seconds: number): void => void reply.header('cache-control', `public, max-age=${seconds}`).header('cross-origin-resource-policy', 'cross-origin');

const bytesOf = async (stream: Readable): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const statusOf = (row: StandingRow | undefined): Status => {
  if (!row) return 'unknown';
  return row.reason !== null && row.revoked_at !== null ? { at: row.revoked_at, reason: row.reason } : 'good';
};

/** Answers a question of RFC 6960, DER to DER; what is no question gets the answer that says so. */
const answerStatus = async (site: Site, der: Buffer): Promise<{ answer: Buffer; isLasting: boolean }> => {
  const { issuer, service } = await site.use(Signing).open();
  const question = readQuestion(der);
  if (!question) return { answer: errorAnswer(1), isLasting: false };
  const isOurs = isOf(issuer);
  const serials = question.certificates.map((id) => (isOurs(id) ? serialOf(id) : ''));
  const known = await standings(site.database, serials.filter((serial) => serial !== ''));
  const statuses = serials.map((serial) => statusOf(known.get(serial)));
  return { answer: await answerQuestion(await service('ca-ocsp'), question, statuses, site.clock.now()), isLasting: question.nonce === undefined };
};

const status = (site: Site, http: Http): void => {
  const file = (answer: Buffer): FileAnswer => fileAnswer({ body: answer, type: OCSP, name: 'status.ors', size: answer.length });
  http.route(api.askStatus, async (call) => {
    const { answer, isLasting } = await answerStatus(site, Buffer.from(call.params.request, 'base64'));
    if (isLasting) shared(call, Math.min(CACHED_SECONDS, ANSWER_MINUTES * 60));
    return file(answer);
  });
  http.route(api.postStatus, async ({ stream }) => file((await answerStatus(site, await bytesOf(stream))).answer));
};

const stamps = (site: Site, http: Http): void => {
  http.route(api.stampTime, async ({ stream }) => {
    await site.use(Signing).open();
    const read = readStampRequest(await bytesOf(stream));
    const answer = 'refused' in read ? refusalAnswer(read.refused) : grantedAnswer(await stampImprint(site, read));
    return fileAnswer({ body: answer, type: 'application/timestamp-reply', name: 'stamp.tsr', size: answer.length });
  });
};

/** What the authority publishes to everybody, at the types of RFC 2585, RFC 6960 and RFC 3161. */
export const publicRoutes = (site: Site, http: Http): void => {
  http.route(api.revocationList, async (call) => {
    const { der } = await currentList(site);
    shared(call, CACHED_SECONDS);
    return fileAnswer({ body: der, type: 'application/pkix-crl', name: 'issuing.crl', size: der.length });
  });
  http.route(api.issuingCertificate, async (call) => {
    const { issuer } = await site.use(Signing).open();
    shared(call, DAY_SECONDS);
    return fileAnswer({ body: Buffer.from(issuer.certificate.rawData), type: 'application/pkix-cert', name: 'issuing.crt' });
  });
  http.route(api.authorityChain, async (call) => {
    const { chain } = await site.use(Signing).open();
    shared(call, DAY_SECONDS);
    return fileAnswer({ body: Buffer.from(chain.issuing + chain.root), type: 'application/pem-certificate-chain', name: 'chain.pem' });
  });
  status(site, http);
  stamps(site, http);
};
