import type { Log } from '@zhengwu/log';
import { Logger } from 'graphile-worker';

/** For set-up, where failures are thrown anyway. */
export const quiet = new Logger(() => () => undefined);

/** Failures of jobs in the site's log; the queue's chatter stays out. */
export const workerLog = (log: Log): Logger =>
  new Logger((scope) => (level, message, meta) => {
    const about = { job: scope.taskIdentifier, jobId: scope.jobId, err: meta?.['error'] };
    if (level === 'error') log.error(about, message);
    else if (level === 'warning') log.warn(about, message);
  });
