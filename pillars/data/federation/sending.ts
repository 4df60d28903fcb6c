import type { Site } from '@zhengwu/module';
import { Exchange } from '@zhengwu/exchange';
import type { Delivery, Verdict } from '@zhengwu/topics';

/** How a subscription names where its messages go. */
export interface ExchangeAddress {
  /** Subsystem of this site that speaks. */
  client: string;
  /** The service that takes them: INSTANCE/CLASS/MEMBER/SUBSYSTEM/changes. */
  service: string;
}

const isVerdict = (value: unknown): value is Verdict => typeof value === 'object' && value !== null && Array.isArray((value as Verdict).refused);

/** Messages leave by the exchange: signed and logged at both ends. Anything but an answer to the batch means that it was not taken. */
export const byExchange = (site: Site): Delivery => ({
  send: async ({ topic, address }, messages) => {
    const { client, service } = address as unknown as ExchangeAddress;
    const answer = await site.use(Exchange).call({
      client, service, method: 'POST', path: '/v1/batches', headers: [['Content-Type', 'application/json']],
      body: JSON.stringify({ topic, messages: messages.map(({ offset, id, key, at, payload }) => ({ offset, id, key, at: at.toISOString(), payload })) }),
    });
    const body = (await answer.read()).toString();
    if (answer.status !== 200) throw new Error(`${service} answered ${String(answer.status)}: ${body.slice(0, 300)}`);
    const verdict: unknown = JSON.parse(body);
    if (!isVerdict(verdict)) throw new Error(`${service} answered something else than a verdict`);
    return verdict;
  },
});
