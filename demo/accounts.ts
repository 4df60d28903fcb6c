import type { Text } from '@zhengwu/contracts';
import { postOf } from './officials.ts';
import { story } from './stories.ts';

/** Every demo account begins with this password; the site prints it at start. */
export const demoPassword = 'Yunchuan-2026';

export interface DemoAccount {
  account: string;
  password: string;
  who: Text;
  for: 'portal' | 'console';
}

/** Officials a visitor would sign in as, in the order of a case's life. */
const shown = [
  'window01', 'reviewer01', 'approver01', 'market01', 'market02', 'tax01', 'seal01', 'social01', 'traffic01', 'traffic02', 'supervisor', 'admin', 'mayor',
] as const;

/** The accounts of the guided tour: six citizens and thirteen officials. */
export const tourAccounts = (today: string): DemoAccount[] => [
  ...story(today).flatMap(household => household.people).map((person): DemoAccount => ({
    account: person.username, password: demoPassword, who: { zh: `${person.name}：${person.tale.zh}`, en: `${person.name}: ${person.tale.en}` }, for: 'portal',
  })),
  ...shown.map((username): DemoAccount => ({ account: username, password: demoPassword, who: postOf(username).name, for: 'console' })),
];
