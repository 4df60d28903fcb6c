import { afterAll, beforeAll, expect, test } from 'vitest';
import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { newSecret } from './applications.ts';
import { Directory } from './directory.ts';
import { loadOrganisation } from './loading.ts';
import { directoryModule } from './module.ts';
import * as outer from './store-applications.ts';

let site: TestSite;
const [one, gone] = [uuidv7(), uuidv7()];
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
  const text = (zh: string) => ({ zh, en: zh });
  await site.database.as(site.database.system, (tx) => loadOrganisation(tx, {
    divisions: [{ code: '990100', parent: null, name: text('云川市') }],
    departments: [[1, null, null], [2, 1, null], [3, null, 1]].map(([id, regionParent, lineParent]) => ({ id: id!, code: `D${id}`, division: '990100', name: text('局'), regionParent: regionParent!, lineParent: lineParent! })),
    roles: [], posts: [], people: [one, gone].map((id, index) => ({ id, name: `人${index}`, account: `p${index}`, clearance: 1, phone: '', email: '', posts: [] })),
  }));
}, 60_000);
afterAll(async () => {
  await site.drop();
});
const asSystem = <T>(work: Parameters<typeof site.database.as<T>>[1]) => site.database.as(site.database.system, work);
const body = { version: 0, name: { zh: '考勤系统', en: 'Attendance' }, department: 1, permissions: ['case.read'], scope: 'line-subtree' as const, active: true, endsOn: null, reason: '登记' };

test('an application is known by its secret alone, reaches by its own line, and is closed at once', async () => {
  const directory = site.site.use(Directory);
  const { secret, hash } = newSecret();
  await asSystem(async (tx) => {
    await outer.putOneApplication(tx, 'attendance', body);
    await outer.keepSecret(tx, 'attendance', hash);
  });
  expect(await directory.applications.authenticate('attendance', secret)).toMatchObject({ clientId: 'attendance', permissions: ['case.read'], departments: [1, 3] });
  expect(await directory.applications.authenticate('attendance', `${secret}x`)).toBeNull();
  expect(JSON.stringify(await asSystem((tx) => outer.applications(tx)))).not.toContain(hash);
  await asSystem((tx) => outer.putOneApplication(tx, 'attendance', { ...body, version: 2, active: false }));
  expect(await directory.applications.authenticate('attendance', secret)).toBeNull();
});

test('no application has the powers of the three administrators', async () => {
  for (const permission of ['audit.read', 'directory.admin', 'certificate.register']) {
    const refused = await asSystem((tx) => outer.putOneApplication(tx, 'other', { ...body, permissions: [permission] })).catch((error: unknown) => error);
    expect(isZhengwuError(refused) && refused.code).toBe('application.duty');
  }
});

test('a group has members in office only', async () => {
  await asSystem((tx) => outer.putOneGroup(tx, 'flood', { version: 0, name: { zh: '防汛', en: 'Flood' }, department: 1, members: [one, gone], reason: '成立' }));
  expect((await site.site.use(Directory).members(['flood'])).sort()).toEqual([one, gone].sort());
  await asSystem((tx) => tx.query('update directory.person set active = false where id = $1', [gone]));
  expect(await site.site.use(Directory).members(['flood'])).toEqual([one]);
});
