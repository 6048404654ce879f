import type { Job } from 'bullmq';

/** Runs in a child process, which has no Sentry. */
export default async function work(job: Job): Promise<void> {
  throw new Error(`attempt ${job.attemptsMade + 1} of ${job.data.mark} failed`);
}
