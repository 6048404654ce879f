import type { Observable } from 'rxjs';
import { tap } from 'rxjs';
import { handlerOf } from '../../context/handler.js';
import { withMembers } from '../../hooks/explorer.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { guarded } from '../../stats/stats.js';
import { messageName, reportFailed, runForCaller, runForNobody, type CqrsWork } from './cqrs-work.js';
import { eventTracking } from './events-partner.js';

type Handle = (message: unknown, ...rest: unknown[]) => unknown;
type Class = (abstract new (...args: never[]) => object) & { prototype: Record<string, object | undefined> };

/** Nest's `InstanceWrapper` of a handler. */
interface Wrapper {
  metatype?: Class | null;
  instance?: Record<string, Handle>;
  isDependencyTreeStatic(): boolean;
}
interface Bus {
  moduleRef?: { container?: { getModules?(): object }; resolve(...args: unknown[]): Promise<Record<string, Handle>> };
  bind(handler: Wrapper, id: string): void;
}
interface HandlerBus extends Bus {
  handlers: { set(id: string, handle: Handle): unknown };
}
interface CommandBus {
  execute(command: unknown, ...rest: unknown[]): unknown;
}
type Saga = (events: unknown) => Observable<unknown>;
interface EventBus extends Bus {
  commandBus: CommandBus;
  registerSaga(saga: Saga): void;
}

/** Hooks the buses of `@nestjs/cqrs`: each message is an execution within that of the code that sends it. */
export function hookCqrs(prototype: object): void {
  for (const [kind, mark] of [
    ['command', 'getCommandId'],
    ['query', 'getQueryId'],
  ] as const) {
    if (!(mark in prototype) || !('bind' in prototype)) continue;
    patchPrototype(
      'cqrs',
      definedBy<HandlerBus>(prototype, 'bind'),
      'bind',
      (bind) =>
        function (handler, id) {
          bind.call(watchingHandlers(this, kind, handler), handler, id);
        },
    );
  }
  if ('registerSaga' in prototype && 'bind' in prototype) hookEventBus(prototype);
}

function hookEventBus(prototype: object): void {
  patchPrototype(
    'cqrs',
    definedBy<EventBus>(prototype, 'bind'),
    'bind',
    (bind) =>
      function (handler, id) {
        bind.call(watchingResolved(this, handler), watchingInstance(this, handler), id);
      },
  );
  patchPrototype(
    'cqrs',
    definedBy<EventBus>(prototype, 'registerSaga'),
    'registerSaga',
    (registerSaga) =>
      function (saga) {
        registerSaga.call(watchingCommands(this, saga), watchedSaga(this, saga));
      },
  );
}

function watchingHandlers(bus: HandlerBus, kind: 'command' | 'query', handler: Wrapper): HandlerBus {
  const set = (id: string, handle: Handle) =>
    bus.handlers.set(id, (message, ...rest) => {
      const work = workOf(bus, kind, handler, 'execute', message);
      const run = () => handle(message, ...rest);
      return work ? runForCaller(work, run) : run();
    });
  return withMembers(bus, { handlers: { set } });
}

/** A handler with one instance. */
function watchingInstance(bus: EventBus, handler: Wrapper): Wrapper {
  const { instance } = handler;
  if (!instance) return handler;
  return withMembers(handler, { instance: watchedInstance(bus, handler, instance) });
}

/** A handler that has an instance for each event. */
function watchingResolved(bus: EventBus, handler: Wrapper): EventBus {
  const { moduleRef } = bus;
  if (!moduleRef) return bus;
  const resolve = async (...args: unknown[]) => {
    try {
      return watchedInstance(bus, handler, await moduleRef.resolve(...args));
    } catch (error) {
      const work = workOf(bus, 'event', handler, 'handle', undefined);
      if (work) reportFailed(work, error);
      throw error;
    }
  };
  return withMembers(bus, { moduleRef: withMembers(moduleRef, { resolve }) });
}

function watchedInstance(bus: EventBus, handler: Wrapper, instance: Record<string, Handle>): Record<string, Handle> {
  const handle: Handle = (event) => {
    const work = workOf(bus, 'event', handler, 'handle', event);
    const run = () => Reflect.apply(instance.handle as Handle, instance, [event]);
    return work ? runForNobody(work, run) : run();
  };
  return withMembers(instance, { handle });
}

/** The commands that a saga returns run as parts of it. */
function watchingCommands(bus: EventBus, saga: Saga): EventBus {
  const { commandBus } = bus;
  const execute: CommandBus['execute'] = (command, ...rest) => {
    const work = sagaWork(bus, saga, command);
    const run = () => commandBus.execute(command, ...rest);
    return work ? runForNobody(work, run) : run();
  };
  return withMembers(bus, { commandBus: withMembers(commandBus, { execute }) });
}

/** The saga, with a stream whose failure, which ends it, is reported. */
function watchedSaga(bus: EventBus, saga: Saga): Saga {
  const watched: Saga = () => {
    const stream = saga(bus);
    const error = (failure: unknown) => {
      const work = sagaWork(bus, saga, undefined);
      if (work) reportFailed(work, failure);
    };
    // What is not an Observable is refused by the bus.
    return guarded('cqrs-hooks', () => stream.pipe(tap({ error }))) ?? stream;
  };
  return Object.defineProperty(watched, 'name', { value: saga.name });
}

function workOf(
  bus: Bus,
  kind: CqrsWork['kind'],
  { metatype, instance }: Wrapper,
  method: string,
  message: unknown,
): CqrsWork | undefined {
  return guarded('cqrs-hooks', () => {
    const tracking = eventTracking(modulesOf(bus), 'cqrs');
    if (!tracking) return undefined;
    const type = metatype?.prototype ? metatype : ((instance?.constructor ?? Object) as unknown as Class);
    const handler = handlerOf(type, method, type.prototype[method]);
    const name = message === undefined ? handler.controller : messageName(message);
    return { kind, name, handler, message, tracking };
  });
}

function sagaWork(bus: Bus, saga: Saga, message: unknown): CqrsWork | undefined {
  return guarded('cqrs-hooks', () => {
    const tracking = eventTracking(modulesOf(bus), 'cqrs');
    const { name } = saga;
    return tracking && { kind: 'saga', name, handler: { controller: '', method: name }, message, tracking };
  });
}

function modulesOf({ moduleRef }: Bus): object | undefined {
  return moduleRef?.container?.getModules?.();
}
