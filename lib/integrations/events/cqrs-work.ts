import { runBackgroundWork, type BackgroundWork } from '../../capture/background-work.js';
import { noteFailedPart } from '../../capture/failed-part.js';
import { passOn } from '../../capture/dedupe.js';
import { currentExecution, type Handler } from '../../context/execution.js';
import { classNameOf } from '../../context/handler.js';
import { runExecution } from '../../context/run-execution.js';
import { executionContextHost } from '../../hooks/execution-context-host.js';
import type { Tracking } from '../../partners/partner.js';
import { guarded } from '../../stats/stats.js';
import { runAsCalled } from './as-called.js';
import type { EventSettings } from './events-options.js';
import { warningIfSlow } from './warn-if-slow.js';

/** One message of CQRS, and who handles it. */
export interface CqrsWork {
  kind: 'command' | 'query' | 'event' | 'saga';
  /** Of the class of the message, or of the saga. */
  name: string;
  handler: Handler;
  message: unknown;
  tracking: Tracking<EventSettings>;
}

/** The name of the class of a message. */
export function messageName(message: unknown): string {
  const { constructor } = Object.getPrototypeOf(message) as { constructor?: object };
  return classNameOf(constructor) || 'anonymous';
}

/** Runs the handler of a command or a query: its failure goes back to the caller, who is judged. */
export function runForCaller(work: CqrsWork, handle: () => unknown): unknown {
  const parent = currentExecution();
  return runAsCalled((run) => runExecution(describe(work), () => observed(parent, timed(work, run))), handle);
}

async function observed(parent: ReturnType<typeof currentExecution>, run: () => unknown): Promise<unknown> {
  currentExecution().caller = parent;
  try {
    return await run();
  } catch (error) {
    guarded('cqrs-hooks', () => {
      noteFailedPart(error);
      passOn(error, currentExecution(), parent);
    });
    throw error;
  }
}

/** Runs an event handler, or a command of a saga: nobody else receives its failure, so it is reported. */
export function runForNobody(work: CqrsWork, handle: () => unknown): unknown {
  return runAsCalled((run) => runBackgroundWork(describe(work), timed(work, run)), handle);
}

/** Reports a failure that is thrown outside of any handler: a stream of a saga, or a handler that cannot be created. */
export function reportFailed(work: CqrsWork, error: unknown): void {
  const fail = () => {
    throw error;
  };
  runBackgroundWork(describe(work), fail).catch(() => undefined);
}

function timed({ kind, name, tracking }: CqrsWork, run: () => unknown): () => unknown {
  return kind === 'saga' ? run : () => warningIfSlow(`${kind} ${name}`, kind, tracking, run);
}

function describe({ kind, name, handler, message, tracking }: CqrsWork): BackgroundWork {
  const { context, policyOf } = tracking.application;
  return {
    kind,
    name: `${kind} ${name}`,
    op: `${kind}.nestjs`,
    handler,
    tags: { kind },
    application: context,
    inherits: true,
    transport: 'event',
    mechanism: 'auto.event.nestjs',
    policyOf,
    host: executionContextHost([message], kind),
  };
}
