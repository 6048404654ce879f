/**
 * Starts Sentry from the `SENTRY_*` variables before the application is loaded:
 * `node --import nestjs-error-tracker/register dist/main.js`.
 */
import { isMainThread, parentPort } from 'node:worker_threads';
import { initSentry } from './init.js';

// Node repeats `--require` on the thread of its module loader, where nothing is to be captured.
if (isMainThread || parentPort) initSentry();
