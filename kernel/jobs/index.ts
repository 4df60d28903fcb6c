export { jobs } from './enqueue.ts';
export type { Enqueue, Job, JobContext, Jobs } from './jobs.ts';
export { startJobs, type RunnerOptions, type RunningJobs } from './runner.ts';
export { jobsSchema } from './schema.ts';
