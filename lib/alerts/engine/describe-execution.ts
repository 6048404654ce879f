import type { Execution } from '../../context/execution.js';
import { transactionName } from '../../context/http-execution.js';
import { isDirectResponse } from '../../context/response-end.js';
import { compileTracePresets, executionName } from '../../sampling/index.js';
import type { ExecutionFacts } from './facts.js';

type DescribedExecution = Omit<ExecutionFacts, 'execution' | 'hasFailed'>;

const MAX_NAMES = 1_000;
const MAX_NAME_LENGTH = 256;
const isPreset = compileTracePresets();
/** Whether requests of this name are probes or for static files. */
const probes = new Map<string, boolean>();

/**
 * What rules are told of an execution that has ended; undefined for one that says nothing of the application: streams of
 * events, which last until the client leaves, probes, and static files.
 */
export function describeExecution(execution: Execution): DescribedExecution | undefined {
  const { kind, startedAt, outgoing, isEventStream } = execution;
  if (isEventStream) return undefined;
  const isRequest = execution.incoming !== undefined;
  const route = isRequest ? transactionName(execution) : undefined;
  const name = execution.name ?? route ?? execution.provisionalName ?? kind;
  if (isRequest && isProbe(route ?? name)) return undefined;
  return {
    name,
    duration: performance.now() - startedAt,
    ...(outgoing && { status: outgoing.statusCode }),
    isAborted: outgoing !== undefined && !outgoing.writableFinished && !isDirectResponse(outgoing),
  };
}

function isProbe(name: string): boolean {
  const known = probes.get(name);
  if (known !== undefined) return known;
  const found = isPreset(executionName({ name }));
  if (probes.size < MAX_NAMES && name.length <= MAX_NAME_LENGTH) probes.set(name, found);
  return found;
}
