import { useSyncExternalStore } from 'react';
import { sessionNow, watchSession, type SessionState } from './api.ts';

export const useSession = (): SessionState => useSyncExternalStore(watchSession, sessionNow);

/** Permission names that open a page; any one of them will do. */
export const opens = {
  work: ['task.handle'], cases: ['case.read'], intake: ['case.intake'], supervision: ['supervision.read'], chase: ['supervision.chase'], answerCards: ['supervision.act'],
  services: ['service.admin', 'service.manage'], directory: ['directory.admin'], roles: ['directory.grant'], duties: ['duty.decide'], access: ['access.vouch'], calendar: ['calendar.keep', 'calendar.manage'],
  sources: ['identity-source.read'], sourcesPropose: ['identity-source.propose'], sourcesDecide: ['identity-source.decide'], sourcesStop: ['identity-source.stop'],
  payments: ['payment.reconcile'], mend: ['case.mend'], refund: ['payment.refund'], revokeLicence: ['licence.revoke'], devices: ['device.manage'], trail: ['audit.read'], corrections: ['privacy.answer'], ldap: ['ldap.read', 'audit.read'], ldapState: ['ldap.read'], certificates: ['certificate.register'], monitor: ['monitoring.read'], watch: ['monitoring.manage'], requests: ['monitoring.read', 'audit.read'], handleAlerts: ['alert.handle'],
  exports: ['case.read', 'directory.admin', 'audit.read'], disclosure: ['disclosure.read'], decideExports: ['disclosure.decide'],
  labels: ['label.change'], decideLabels: ['label.decide'], alerts: ['defence.read'], defend: ['defence.keep'], sessions: ['session.manage'], recovery: ['account.recover'], window: ['account.window'],
  govern: ['governance.read'], keepRegisters: ['governance.keep'], inspect: ['governance.inspect'], drill: ['governance.drill'],
  registers: ['register.read'], correctRecords: ['register.correct'], challenges: ['register.read', 'register.correct'],
  imports: ['register.import'], matches: ['match.review'], weighMatches: ['match.keep'], quality: ['quality.read'], oldCentres: ['centre.consolidate'],
  catalogue: ['catalogue.read'], editCatalogue: ['catalogue.edit'], publishCatalogue: ['catalogue.publish'], requestResources: ['catalogue.request'], resourceRequests: ['catalogue.request', 'catalogue.answer'],
  gathered: ['indicator.read'], exchange: ['exchange.read'], manageExchange: ['exchange.manage'], openMessages: ['exchange.log'],
  flows: ['topic.read'], manageFlows: ['topic.manage'], adapters: ['adapter.read'], manageAdapters: ['adapter.manage'],
  mySecurity: ['task.handle', 'case.read', 'directory.admin', 'directory.grant', 'audit.read', 'governance.read'],
} as const;
export type Door = keyof typeof opens;

/** True when these permissions open the door. */
export const mayOpen = (permissions: readonly string[], door: Door): boolean => opens[door].some((one) => permissions.includes(one));

export const useMay = (): ((door: Door) => boolean) => {
  const { session } = useSession();
  return (door) => mayOpen(session?.permissions ?? [], door);
};
