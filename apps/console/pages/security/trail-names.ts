import { listAuditEvents } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';

/** The catalogue of events, and what an event is called; its code where the catalogue does not know it. */
export const useEventNames = () => {
  const { say } = useSpeech();
  const events = useRead(listAuditEvents).data?.items ?? [];
  return { events, nameOf: (event: string): string => say(events.find((one) => one.event === event)?.name) || event };
};
