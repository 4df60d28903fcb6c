import type { Text } from '@zhengwu/contracts';
import { directing } from './directing.ts';
import { enduring } from './enduring.ts';
import { people } from './people.ts';
import { text, type Register } from './register.ts';
import { running } from './running.ts';

/** The ten domains of security management, in their order. */
export const domains: readonly Text[] = [
  text('安全策略', 'Policy'), text('安全组织', 'Organisation'), text('信息资产', 'Information'), text('人员', 'Personnel'), text('物理环境', 'Physical environment'),
  text('通信与运行', 'Operations'), text('访问控制', 'Access control'), text('开发与维护', 'Development and maintenance'), text('业务连续性', 'Continuity'), text('检查监控审计', 'Inspection and audit'),
];

export const registers: readonly Register[] = [...directing, ...people, ...running, ...enduring];
const byCode = new Map(registers.map((one) => [one.code, one]));

export const registerOf = (code: string): Register | undefined => byCode.get(code);
/** The states in which something is still to be done, for the database to count by. */
export const openStates: readonly string[] = registers.flatMap(({ code, states }) => states.filter(({ open }) => open).map((one) => `${code}/${one.code}`));
export const registerCodes: ReadonlySet<string> = new Set(byCode.keys());
