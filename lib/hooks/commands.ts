import { trackedApplication, type TrackedApplication } from '../capture/application-registry.js';
import { report } from '../capture/report.js';
import { INTERNAL_ERROR } from '../client/span-status.js';
import { isActive } from '../client/state.js';
import { ownExecution, type Handler } from '../context/execution.js';
import { handlerOf } from '../context/handler.js';
import { runExecution } from '../context/run-execution.js';
import { guarded, stats } from '../stats/stats.js';
import { flushCaptured } from '../tracker/flush.js';
import { patchPrototype } from './patch-method.js';

type Run = (...args: unknown[]) => unknown;
interface Command {
  command: { name: string };
  instance: { run: Run };
}
/** The service of nest-commander that passes each command to its parser. */
interface CommandRunner {
  discoveryService?: { modulesContainer?: object };
  populateCommandMapInstances?: unknown;
  buildCommand(command: Command): unknown;
}
type Modules = ReadonlyMap<string, { providers: ReadonlyMap<unknown, { metatype?: unknown }> }>;

const watched = new WeakSet();

/**
 * Runs each command of a command-line program as an execution. nest-commander writes errors thrown by a command to
 * stderr and continues.
 *
 * @param modules - Nest's `ModulesContainer`, before any module is initialised
 */
export function hookCommands(modules: Modules): void {
  for (const { providers } of modules.values()) {
    for (const { metatype } of providers.values()) {
      const runner = (metatype as { prototype?: CommandRunner } | undefined)?.prototype;
      if (!runner || !('buildCommand' in runner) || !('populateCommandMapInstances' in runner)) continue;
      patchPrototype(
        'commands',
        runner,
        'buildCommand',
        (build) =>
          function (command) {
            guarded('commands', () => {
              watch(command, this.discoveryService?.modulesContainer);
            });
            return build.call(this, command);
          },
      );
    }
  }
}

function watch({ command: { name }, instance }: Command, modules: object | undefined): void {
  if (watched.has(instance)) return;
  watched.add(instance);
  const { run } = instance;
  const handler = handlerOf(instance.constructor, 'run', run);
  const value: Run = function (this: unknown, ...args) {
    const owner = isActive() ? trackedApplication(modules) : undefined;
    return owner ? runCommand(name, handler, owner, () => run.apply(this, args)) : run.apply(this, args);
  };
  Object.defineProperty(instance, 'run', { value, configurable: true, writable: true });
}

/** Sends the event before the error is rethrown, because the code that handles the error may end the process. */
async function runCommand(name: string, handler: Handler, owner: TrackedApplication, run: () => unknown) {
  try {
    const facts = { kind: 'cli', name: `command ${name}`, op: 'cli', handler, application: owner.context };
    return await runExecution({ ...facts, tags: { kind: 'cli' } }, async () => {
      try {
        return await run();
      } catch (error) {
        guarded('commands', () => {
          reportFailure(error, handler, owner);
        });
        throw error;
      }
    });
  } catch (error) {
    await flushCaptured();
    throw error;
  }
}

/** A status has no meaning here: only `capture.ignore` suppresses a failure. */
function reportFailure(error: unknown, handler: Handler, owner: TrackedApplication): void {
  if (owner.policyOf(handler).ignores(error, undefined)) {
    stats.capture.ignored++;
    return;
  }
  ownExecution().failed = INTERNAL_ERROR;
  report(error, { type: 'auto.cli.nestjs', handled: false });
}
