import { setImmediate } from 'node:timers';
import { guarded } from '../stats/stats.js';
import { withinRegistration } from '../context/applications.js';
import { rememberProcessBaseline } from '../context/scopes.js';
import { isFailedStart, noteFailedStart } from '../capture/failed-start.js';
import { flushCaptured } from '../tracker/flush.js';
import { patchLifecycle, type Phases } from './lifecycle.js';
import { patchFactory } from './nest-factory.js';
import { patchPrototype, prototypeOf, type ClassLocation } from './patch-method.js';
import type { PolicyOf, CapturePolicy } from '../capture/policy.js';
import { reportProcessFailure, withinRun } from '../capture/lifecycle-failure.js';

interface Startable {
  httpAdapter?: object;
  init(...args: unknown[]): unknown;
  listen(...args: unknown[]): unknown;
}
type Start = (this: Startable, ...args: unknown[]) => unknown;
type PolicyOfAdapter = (adapter: object) => PolicyOf | undefined;

const APPLICATIONS: readonly ClassLocation[] = [
  { module: '@nestjs/core/nest-application-context.js', className: 'NestApplicationContext' },
  { module: '@nestjs/core/nest-application.js', className: 'NestApplication' },
  { module: '@nestjs/microservices/nest-microservice.js', className: 'NestMicroservice' },
];
const STARTS = ['init', 'listen'] as const;

/** Reports the error that stops an application from starting, and sends the event before rethrowing the error. */
export function patchBootstrap(policyOf: PolicyOfAdapter): void {
  patchFactory(reportFailedCreation);
  for (const location of APPLICATIONS) {
    const prototype = prototypeOf<Startable>(location);
    if (prototype) patchStarts(prototype, policyOf);
  }
}

/** @param application - the prototype of an application, an application context or a microservice */
export function patchStarts(application: object, policyOf: PolicyOfAdapter): void {
  const prototype = application as Startable;
  for (const method of STARTS) {
    if (!Object.hasOwn(prototype, method)) continue;
    patchPrototype('bootstrap', prototype, method, (start) => reportFailedStart(start, policyOf));
  }
  if (Object.hasOwn(prototype, 'callInitHook')) patchLifecycle(prototype as object as Phases, policyOf);
}

function reportFailedCreation(create: () => Promise<void>): Promise<void> {
  return withinRegistration(async (forget) => {
    try {
      await withinRun(create);
    } catch (error) {
      forget();
      await failed(error, undefined);
      throw error;
    }
  });
}

function reportFailedStart(start: Start, policyOf: PolicyOfAdapter): Start {
  return function (this: Startable, ...args) {
    return withinRun(() => {
      const started = start.apply(this, args);
      if (!(started instanceof Promise)) return started;
      return started.then(
        (value: unknown) => {
          // Code after `await app.listen()` in main.ts is still part of the setup of the process.
          setImmediate(() => guarded('bootstrap', rememberProcessBaseline)).unref();
          return value;
        },
        async (error: unknown) => {
          await failed(error, this.httpAdapter && policyOf(this.httpAdapter)?.(undefined));
          throw error;
        },
      );
    });
  };
}

async function failed(error: unknown, policy: CapturePolicy | undefined): Promise<void> {
  if (isFailedStart(error)) return; // `listen` calls `init`
  reportProcessFailure({ error, name: 'bootstrap', level: 'fatal', policy });
  guarded('bootstrap', () => {
    noteFailedStart(error);
  });
  await flushCaptured();
}
