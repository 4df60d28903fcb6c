import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import type { Flow, Step } from './flow.ts';
import { firstTurn } from './schedule.ts';
import * as flows from './store-flows.ts';
import * as store from './store.ts';

type Join = Extract<Step, { do: 'join' }>;

const registerOf = ({ use }: Pick<Site, 'use'>, code: string) => {
  const register = use(Registers).definition(code);
  if (!register) throw fail('adapter.sink', { sink: code });
  return register;
};

/** What is about people goes into no topic that says it holds nothing of the kind. */
const checkJoins = (site: Pick<Site, 'use'>, joins: readonly Join[], isPersonal: boolean): void => {
  for (const { register, fields } of joins) {
    const known = registerOf(site, register).fields;
    for (const column of Object.values(fields)) {
      const field = known.find(({ key }) => key === column);
      if (!field) throw fail('adapter.no-field', { register, field: column });
      if (!isPersonal && field.class !== 'public') throw fail('adapter.too-open', { register, field: column });
    }
  }
};

/** See `Adapters.define`. */
export const define = async (site: Pick<Site, 'use' | 'clock'>, tx: Tx, flow: Flow): Promise<number> => {
  const { sink, source, steps } = flow;
  const joins = steps.filter((step): step is Join => step.do === 'join');
  if ('topic' in sink) {
    const topic = (await store.topics(tx)).find(({ code }) => code === sink.topic);
    if (!topic) throw fail('adapter.sink', { sink: sink.topic });
    checkJoins(site, joins, topic.isPersonal);
  } else {
    registerOf(site, sink.register);
    checkJoins(site, joins, true);
  }
  if (!/^[a-z0-9][a-z0-9-]*$/.test(source.folder)) throw fail('adapter.folder', { folder: source.folder });
  return flows.putFlow(tx, flow, firstTurn(flow.schedule, site.clock.now()));
};
