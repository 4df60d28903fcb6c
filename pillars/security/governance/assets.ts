import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { laterBy } from './entry.ts';
import { today } from './keeping.ts';
import { registerOf } from './registers/all.ts';
import { tables, unclassified } from './store-state.ts';
import * as store from './store.ts';

/** Classes of tables that the platform knows: by schema, or by table where it differs. What is not here is for a person to classify. */
const known: Readonly<Record<string, readonly [value: string, label: string]>> = {
  calendar: ['public', '公开'], services: ['public', '公开'], decisions: ['internal', '内部'], processes: ['internal', '内部'], supervision: ['internal', '内部'], events: ['internal', '内部'], jobs: ['internal', '内部'],
  cases: ['sensitive', '敏感个人信息'], registers: ['sensitive', '敏感个人信息'], licences: ['personal', '个人信息'], payments: ['personal', '个人信息'], messages: ['personal', '个人信息'],
  directory: ['personal', '个人信息'], identity: ['secret', '密钥口令'], audit: ['personal', '个人信息'], trail: ['internal', '内部'], governance: ['internal', '内部'], monitoring: ['internal', '内部'], kernel: ['internal', '内部'], defence: ['personal', '个人信息'], privacy: ['personal', '个人信息'], devices: ['secret', '密钥口令'], certificates: ['secret', '密钥口令'],
};
const rules: Readonly<Record<string, string>> = {
  public: '可公开；改动留痕。', internal: '仅限工作人员按权限使用；不得外发。', personal: '按权限最小使用；页面遮蔽；查看留痕；导出须批准。', sensitive: '同个人信息；另须事由，密封存放编号。', secret: '只存散列或密文；任何人不得查看。',
};

/** Enters every table of the database that the register of assets does not have yet; those whose class is known come classified. */
export const scan = async (site: Site, tx: Tx, by: { department: number } & Pick<Actor, 'personId' | 'name'>): Promise<{ added: number; unclassified: number }> => {
  const register = registerOf('asset');
  const held = new Set((await store.placesOf(tx)));
  const fresh = (await tables(tx)).filter((one) => !held.has(one));
  const day = today(site);
  for (const table of fresh) {
    const found = known[table.split('.')[0] ?? ''];
    const fields = { kind: 'table', place: table, ...(found ? { class: found[0], label: found[1], handling: rules[found[0]] } : {}) };
    const entry = { id: uuidv7(), number: await store.nextNumber(tx, register?.prefix ?? '', day.slice(0, 4)), register: 'asset', title: `数据表 ${table}`, fields, department: by.department, owner: null, state: found ? 'classified' : 'found', due: null, review: laterBy(day, 360), version: 1 };
    await store.insertEntry(tx, entry, by.personId);
    await store.addChange(tx, entry.id, by, { version: 1, act: 'create', reason: 'scan', before: null, after: { fields, state: entry.state } });
  }
  return { added: fresh.length, unclassified: (await unclassified(tx)).length };
};
