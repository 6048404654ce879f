import { reportFailureOf, runBackgroundWork } from '../../capture/background-work.js';
import { handlerOf } from '../../context/handler.js';
import { modulesOf, withMembers, type Explorer } from '../../hooks/explorer.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { guarded } from '../../stats/stats.js';
import { eventTracking } from './events-partner.js';
import { warningIfSlow } from './warn-if-slow.js';
import { eventName, handledEvent, type EventHandler } from './event-facts.js';

type Listener = (...args: unknown[]) => unknown;
type Register = (event: unknown, listener: Listener, ...rest: unknown[]) => unknown;
type Instance = Record<string, Listener>;
interface ListenerOptions {
  suppressErrors?: boolean;
}

interface SubscribersLoader extends Explorer {
  /** `event` is the name of the event that is being emitted. */
  eventEmitter?: { event?: unknown; delimiter?: string };
  subscribeToEventIfListener(instance: object, key: string, ...rest: unknown[]): unknown;
  getRegisterListenerMethodBasedOn(options: ListenerOptions | undefined): Register;
  wrapFunctionInTryCatchBlocks(
    instance: Instance,
    key: string,
    args: unknown[],
    options: ListenerOptions | undefined,
  ): Promise<unknown>;
}

/** Hooks `@nestjs/event-emitter`: each call of an `@OnEvent` method is an execution within the emitter's execution. */
export function hookEvents(prototype: object): void {
  if (!('subscribeToEventIfListener' in prototype)) return;
  patchPrototype(
    'events',
    definedBy<SubscribersLoader>(prototype, 'subscribeToEventIfListener'),
    'subscribeToEventIfListener',
    (subscribe) =>
      function (instance, key, ...rest) {
        return subscribe.call(watching(this, instance, key), instance, key, ...rest);
      },
  );
}

function watching(loader: SubscribersLoader, instance: object, key: string): SubscribersLoader {
  const type = instance.constructor;
  const handler = handlerOf(type, key, (instance as Instance)[key]);
  return withMembers(loader, {
    getRegisterListenerMethodBasedOn: (options) => {
      const register = loader.getRegisterListenerMethodBasedOn(options);
      const handling = { handler, rethrown: options?.suppressErrors === false };
      return (event, listener, ...rest) => register(event, watched(loader, handling, listener), ...rest);
    },
    // Nest catches and logs failures in here, so the method that it calls is wrapped.
    wrapFunctionInTryCatchBlocks: (target, method, args, options) => {
      const observed = { [method]: (...values: unknown[]) => reportFailureOf(() => target[method]?.(...values)) };
      return loader.wrapFunctionInTryCatchBlocks(observed, method, args, options);
    },
  });
}

function watched(loader: SubscribersLoader, handling: EventHandler, listener: Listener): Listener {
  return (...args) => {
    const tracking = eventTracking(modulesOf(loader), 'emitter');
    const { event, delimiter } = loader.eventEmitter ?? {};
    const work =
      tracking &&
      guarded('event-hooks', () => handledEvent(eventName(event, delimiter), args, handling, tracking.application));
    if (!work) return listener(...args);
    return runBackgroundWork(work, () => warningIfSlow(work.name, 'event', tracking, () => listener(...args)));
  };
}
