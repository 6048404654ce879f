import { ExternalContextCreator, NestApplication, NestApplicationContext } from '@nestjs/core';
import { isReference } from '../context/operation-chain.js';
import { guarded, stats } from '../stats/stats.js';
import { runsFoundCopy } from './nest-copy.js';
import { patchCopy, patchPrototype } from './patch-method.js';
import { patchTransports, type TransportHolder } from './patch-transports.js';
import { SentryExceptionFilter } from './sentry-exception.filter.js';

/** The parts of a Nest application that give access to the classes it runs; the same in Nest 11 and 12. */
interface Application extends TransportHolder {
  readonly container?: Parameters<typeof ExternalContextCreator.fromContainer>[0];
  readonly httpAdapter?: ConstructorParameters<typeof SentryExceptionFilter>[0];
  readonly config?: { getGlobalFilters?(): object[] };
  readonly routesResolver?: {
    routerExceptionsFilter?: object;
    routerExplorer?: { executionContextCreator?: { responseController?: object } };
  };
  readonly middlewareModule?: { routerExceptionFilter?: object };
  registerModules(): unknown;
  selectContextModule(): unknown;
}
/** A microservice; Nest 12 loads its socket module late. */
interface Microservice extends Application {
  loadSocketModule(): Promise<unknown>;
}
interface ExternalContexts {
  filtersContextCreator?: { create(instance: object, callback: () => void, module: string): object };
  externalErrorProxy?: object;
  interceptorsConsumer?: object;
}

/** Called with the prototype of each kind of application. */
type OnPatched = (prototype: object) => void;

/**
 * Hooks the copy of Nest that the application runs. The imports of this file resolve to it even in a bundle, where a
 * path resolves to another copy. Everything else is reached from the instances that Nest passes in: the application,
 * its modules and their parts.
 *
 * @returns false if this version of Nest has no such method
 */
export function patchApplications(onPatched: OnPatched): boolean {
  const application = NestApplication.prototype as unknown as Application;
  const context = NestApplicationContext.prototype as unknown as Application;
  onPatched(context);
  onPatched(application);
  patchPrototype(
    'bundles',
    context,
    'selectContextModule',
    (select) =>
      function () {
        guarded('hooks', () => {
          patchExternalContexts(this);
          patchTransports(this);
          if (this.serverInstance) patchMicroservice(Object.getPrototypeOf(this) as Microservice, onPatched);
        });
        return select.call(this);
      },
  );
  return patchPrototype(
    'bundles',
    application,
    'registerModules',
    (register) =>
      function () {
        guarded('hooks', () => {
          patchRouter(this);
          patchExternalContexts(this);
          patchTransports(this);
        });
        return register.call(this);
      },
  );
}

function patchMicroservice(prototype: Microservice, onPatched: OnPatched): void {
  onPatched(prototype);
  if (!Object.hasOwn(prototype, 'loadSocketModule')) return;
  patchPrototype(
    'bundles',
    prototype,
    'loadSocketModule',
    (load) =>
      async function () {
        await load.call(this);
        guarded('hooks', () => {
          patchTransports(this);
        });
      },
  );
}

function patchExternalContexts({ container }: Application): void {
  if (runsFoundCopy || !container) return;
  const creator = ExternalContextCreator.fromContainer(container) as unknown as ExternalContexts;
  patchCopy('ExternalExceptionFilterContext', creator.filtersContextCreator);
  patchCopy('ExternalErrorProxy', creator.externalErrorProxy);
  patchCopy('InterceptorsConsumer', creator.interceptorsConsumer);
  patchCopy(
    'ExternalExceptionsHandler',
    creator.filtersContextCreator?.create({}, () => undefined, ''),
  );
}

function patchRouter({ routesResolver, middlewareModule, config, httpAdapter }: Application): void {
  const filters = routesResolver?.routerExceptionsFilter;
  patchCopy('RouterExceptionFilters', filters);
  patchCopy('RouterExceptionFilters', middlewareModule?.routerExceptionFilter);
  patchCopy('RouterResponseController', routesResolver?.routerExplorer?.executionContextCreator?.responseController);
  if (runsFoundCopy || isReference(filters)) return;
  stats.hooks.exceptions = false;
  // Nest tries the last filter first: ours catches only what no filter of the application catches.
  config?.getGlobalFilters?.().unshift(new SentryExceptionFilter(httpAdapter));
}
