import type { TLSSocket } from 'node:tls';
import { text } from 'node:stream/consumers';
import * as api from '@zhengwu/contracts';
import { Authority } from '@zhengwu/certificates';
import type { Call, Http } from '@zhengwu/http';
import { isZhengwuError } from '@zhengwu/errors';
import type { Site } from '@zhengwu/module';
import { Devices } from './admission.ts';
import { plainAddress } from './device.ts';
import { enrol, reenrol } from './enrolment.ts';
import { fail } from './errors.ts';
import { basicIn, certsOnly, requestIn } from './est.ts';
import { devicePeer } from './routes.ts';

/** RFC 7030 §3.3: over TLS and nothing else. What a proxy says of TLS before it does not count. */
const overTls = ({ request }: Pick<Call, 'request'>): void => {
  if ((request.raw.socket as Partial<TLSSocket>).encrypted !== true) throw fail('est.tls-only');
};

const answer = ({ reply }: Pick<Call, 'reply'>, pem: string, type: string): string => {
  const body = certsOnly(pem);
  reply.type(type).header('content-transfer-encoding', 'base64').header('cache-control', 'no-store').send(body);
  return body;
};
const ISSUED = 'application/pkcs7-mime; smime-type=certs-only';

/** The client is told how it may prove itself (RFC 7030 §3.2.3). */
const challenging = async <T>({ reply }: Pick<Call, 'reply'>, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (isZhengwuError(error) && error.code === 'est.refused') reply.header('www-authenticate', 'Basic realm="EST", charset="UTF-8"');
    throw error;
  }
};

export const estRoutes = (site: Site, http: Http): void => {
  http.route(api.estAuthority, async (call) => {
    overTls(call);
    return answer(call, await site.use(Authority).chain(), 'application/pkcs7-mime');
  });
  http.route(api.estEnrol, (call) => challenging(call, async () => {
    overTls(call);
    const actor = { ...call.actor, address: plainAddress(call.request.raw.socket.remoteAddress ?? '') };
    const request = requestIn(await text(call.stream));
    return answer(call, await enrol(site, actor, basicIn(call.request.headers.authorization), request), ISSUED);
  }));
  http.route(api.estReenrol, async (call) => {
    overTls(call);
    const peer = devicePeer(call);
    await site.use(Devices).admit(peer);
    return answer(call, await reenrol(site, call.actor, peer, requestIn(await text(call.stream))), ISSUED);
  });
};
