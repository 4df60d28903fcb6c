import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { makeKeyPair, packPkcs12 } from './pkcs12.ts';
import { issueOn } from './issue-on.ts';
import { Signing } from './opened.ts';
import * as store from './store.ts';

/**
 * Makes the key pair of an approved request, issues its certificate and answers both as PKCS#12, once. What is kept is the certificate;
 * the private key is in the answer alone. Throws `certificate.not-ready` and, the second time, `certificate.handed-out`.
 */
export const handOut = async (site: Site, tx: Tx, actor: Actor, id: string, password: string): Promise<{ name: string; file: Buffer }> => {
  const seen = await store.findListed(tx, 'id', id, site.clock.now());
  if (!seen || seen.requester !== actor.personId) throw fail('certificate.unknown');
  const row = seen.state === 'approved' ? await store.holdRequest(tx, id) : null;
  if (!row && seen.csr === null && (seen.state === 'issued' || seen.state === 'approved')) throw fail('certificate.handed-out');
  if (!row || row.csr !== null) throw fail('certificate.not-ready');
  const { chain, issuer } = await site.use(Signing).open();
  const { privateKey, request } = await makeKeyPair(issuer.suite);
  const issued = await issueOn(site, tx, actor, row, request);
  await site.audit.record(tx, { event: 'certificate.handedOut', subject: issued.serial, detail: { request: id } });
  return { name: `${issued.serial}.p12`, file: await packPkcs12(privateKey, [issued.certificate, chain.issuing, chain.root], password) };
};
