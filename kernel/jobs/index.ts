export type { Enqueue, Job, JobContext, Jobs } from './jobs.ts';
