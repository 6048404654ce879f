import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { withinRegistration } from '../context/applications.js';
import { loadOptional } from '../optional-dependencies/load-optional.js';
import { noteFailedStart } from '../capture/failed-start.js';
import { flushCaptured } from '../tracker/flush.js';
import { patchLifecycle } from './lifecycle.js';
import type { PolicyOf, CapturePolicy } from '../capture/policy.js';
import { reportProcessFailure, withinRun } from '../capture/process-failure.js';

/** Nest runs the making of all providers in it, and ends the process where that fails. */
interface Zone {
  asyncRun(callback: () => Promise<void>, ...rest: unknown[]): Promise<void>;
}
type Startable = Record<string, ((...args: unknown[]) => unknown) | undefined>;
interface Application {
  httpAdapter?: object;
}
type PolicyOfAdapter = (adapter: object) => PolicyOf | undefined;

const hooked = processWide('bootstrap-hooks', () => new WeakSet());

const APPLICATIONS: readonly [file: string, name: string][] = [
  ['@nestjs/core/nest-application-context.js', 'NestApplicationContext'],
  ['@nestjs/core/nest-application.js', 'NestApplication'],
  ['@nestjs/microservices/nest-microservice.js', 'NestMicroservice'],
];

/** Reports what an application cannot start with, and lets the event leave before the failure goes on. */
export function patchBootstrap(policyOf: PolicyOfAdapter): void {
  const zone = loadOptional<{ ExceptionsZone?: Zone }>('@nestjs/core/errors/exceptions-zone.js')?.ExceptionsZone;
  if (typeof zone?.asyncRun === 'function' && !hooked.has(zone)) {
    hooked.add(zone);
    hookZone(zone);
  }
  for (const [file, name] of APPLICATIONS) {
    const prototype = guarded('bootstrap-hooks', () => loadOptional<Record<string, { prototype: Startable }>>(file))?.[
      name
    ]?.prototype;
    if (!prototype || hooked.has(prototype)) continue;
    hooked.add(prototype);
    hookStart(prototype, 'init', policyOf);
    hookStart(prototype, 'listen', policyOf);
    if (Object.hasOwn(prototype, 'callInitHook')) patchLifecycle(prototype, policyOf);
  }
}

function hookZone(zone: Zone): void {
  const asyncRun = zone.asyncRun.bind(zone);
  zone.asyncRun = (callback, ...rest) =>
    asyncRun(
      () =>
        withinRegistration(async (forget) => {
          try {
            await withinRun(callback);
          } catch (error) {
            forget();
            await failed(error, undefined);
            throw error;
          }
        }),
      ...rest,
    );
}

function hookStart(prototype: Startable, method: 'init' | 'listen', policyOf: PolicyOfAdapter): void {
  const original = Object.hasOwn(prototype, method) ? prototype[method] : undefined;
  if (typeof original !== 'function') return;
  prototype[method] = function (this: Application, ...args) {
    return withinRun(() => {
      const started = original.apply(this, args);
      if (!(started instanceof Promise)) return started;
      return started.catch(async (error: unknown) => {
        await failed(error, this.httpAdapter && policyOf(this.httpAdapter)?.(undefined));
        throw error;
      });
    });
  };
}

async function failed(error: unknown, policy: CapturePolicy | undefined): Promise<void> {
  reportProcessFailure({ error, name: 'bootstrap', level: 'fatal', policy });
  guarded('bootstrap-hooks', () => {
    noteFailedStart(error);
  });
  await flushCaptured();
}
