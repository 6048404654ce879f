/**
 * Starts Sentry from the `SENTRY_*` variables before the application is loaded:
 * `node --import nestjs-error-tracker/register dist/main.js`.
 */
import { isMainThread, parentPort } from 'node:worker_threads';
import { initSentry } from './init.js';

// Node also applies `--require` to its module loader thread, where there is nothing to capture.
if (isMainThread || parentPort) initSentry();
