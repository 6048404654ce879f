import { keepExecution } from '../../context/keep-execution.js';
import type { ContextRunner } from '../../process-state/context-runner.js';
import { isActive } from '../../client/state.js';
import { currentExecution } from '../../context/execution.js';
import { runExecution, type ExecutionFacts } from '../../context/run-execution.js';
import { runIsolated } from '../../context/scopes.js';
import { guarded } from '../../stats/stats.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import { samplingOf } from './decide-trace.js';
import { mapSubscriptionEvents } from './subscription-events.js';
import { operationName, operationTags, payloadOf, contextOfPath } from './field-context.js';
import { judgeField, type OwnerOf } from './judge-field.js';
import { fragmentsOf, operationOf, rootField, type ExecutionArguments, type ExecutionResult } from './operation.js';
import { judgeResult, type ResultFacts } from './result-errors.js';

type Execute = (args: ExecutionArguments) => unknown;

/** The exports of the package `graphql` that are used here. */
export interface Graphql {
  GraphQLSchema: new (...args: never[]) => object;
  versionInfo?: { major: number };
  execute: Execute;
  subscribe: Execute;
  createSourceEventStream?: Execute;
}

interface Plan {
  facts: ExecutionFacts;
  result: ResultFacts;
}

/** `execute` for queries and mutations over WebSockets: each is a separate execution. */
export function isolatedExecute(execute: Execute, ownerOf: OwnerOf): Execute {
  return (args) => {
    const plan = planOf(args, ownerOf());
    return plan ? runExecution(plan.facts, () => judged(execute, args, plan)) : execute(args);
  };
}

/** `subscribe` over WebSockets: one execution for the subscription itself, and one for each result. */
export function isolatedSubscribe(graphql: Graphql, given: Execute | undefined, ownerOf: OwnerOf): Execute {
  const { createSourceEventStream, execute, versionInfo } = graphql;
  // The arguments of these functions change in graphql 17.
  const canSplit = given === undefined || given === graphql.subscribe;
  const open = canSplit && versionInfo?.major === 16 ? createSourceEventStream : undefined;
  return async (args) => {
    const plan = planOf(args, ownerOf());
    if (!plan) return (given ?? graphql.subscribe)(args);
    let inside: ContextRunner = (run) => run();
    const source = await runExecution(plan.facts, () => {
      inside = keepExecution();
      return judged(open ?? given ?? graphql.subscribe, args, plan);
    });
    if (!isAsyncIterable(source)) return source;
    if (!open) return eachIsolated(source, plan);
    return mapSubscriptionEvents(
      source,
      inside,
      (event) => runExecution(plan.facts, () => judged(execute, { ...args, rootValue: event } as typeof args, plan)),
      (error) => {
        const { owner, operation, fragments, variables } = plan.result;
        inside(() => {
          judgeField({ error, owner }, contextOfPath(undefined, operation, fragments, variables));
        });
      },
    );
  };
}

/** Reports failures of the function that creates the context of an operation, which Nest does not handle. */
export function watchedContext(context: unknown, ownerOf: OwnerOf): unknown {
  if (typeof context !== 'function') return context;
  return async (...args: unknown[]): Promise<unknown> => {
    try {
      return await (context as (...given: unknown[]) => unknown)(...args);
    } catch (error) {
      const owner = isActive() ? ownerOf() : undefined;
      if (owner) {
        runIsolated(() => {
          Object.assign(currentExecution(), { kind: 'graphql', name: 'graphql context', application: owner.context });
          judgeField({ error, owner }, { tags: { kind: 'graphql' } });
        });
      }
      throw error;
    }
  };
}

/** For a custom engine, which does not expose when an event arrives: its results have scopes but no spans. */
function eachIsolated(source: AsyncIterable<unknown>, { facts }: Plan): AsyncGenerator {
  const inside: ContextRunner = (run) =>
    runIsolated(() => {
      const { kind, name, request, payload, application } = facts;
      Object.assign(currentExecution(), { kind, name, request, payload, application });
      return run();
    });
  return mapSubscriptionEvents(
    source,
    inside,
    (result) => Promise.resolve(result),
    () => undefined,
  );
}

async function judged(run: Execute, args: ExecutionArguments, { result }: Plan): Promise<unknown> {
  const answer = await run(args);
  guarded('graphql-hooks', () => {
    const { errors } = (answer ?? {}) as ExecutionResult;
    if (!Array.isArray(errors) || errors.length === 0) return;
    judgeResult(errors, result);
  });
  return answer;
}

function planOf(args: ExecutionArguments, owner: TrackedApplication | undefined): Plan | undefined {
  if (!owner || !isActive()) return undefined;
  return guarded('graphql-hooks', () => {
    const operation = operationOf(args);
    if (!operation) return undefined;
    const fragments = fragmentsOf(args);
    const field = rootField(operation, fragments);
    const { req } = (args.contextValue ?? {}) as { req?: unknown };
    const variables = args.variableValues;
    return {
      facts: {
        kind: 'graphql',
        name: operationName(operation, field),
        op: `graphql.${operation.operation}`,
        critical: samplingOf(operation, fragments, owner).critical,
        request: req,
        tags: operationTags(operation, field),
        payload: payloadOf(undefined, variables),
        application: owner.context,
      },
      result: { owner, operation, fragments, variables, byGraphql: true },
    };
  });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof (value as Partial<AsyncIterable<unknown>> | null | undefined)?.[Symbol.asyncIterator] === 'function';
}
