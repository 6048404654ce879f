import { clientState } from '../../client/state.js';
import { deliveryStatus } from '../../delivery/status.js';
import { startSentry } from '../../init.js';
import { ErrorTracker } from '../../tracker/error-tracker.js';
import { keepingAlive } from '../keeping-alive.js';
import { createTestItems } from './test-items.js';
import { TestTransport, type AnsweredItem } from './test-transport.js';
import type { TestType } from './test-type.js';

/** Milliseconds in which the SDK passes on what was created. */
const PREPARATION = 10_000;

export interface TestRun {
  /** What items carry: from the variables, CI or git. */
  readonly release?: string;
  /** In the order of the types. */
  readonly items: AnsweredItem[];
  /** Of which nothing has left this process, and what the transport says about it. */
  readonly unsent: TestType[];
  readonly dropped: Readonly<Record<string, number>>;
}

/**
 * Starts Sentry as the environment says, except that no item is sampled out, throttled, or written to the spool of the
 * application, and sends items of these types.
 *
 * @param timeout - for each answer, in milliseconds
 */
export async function sendTestItems(
  types: readonly TestType[],
  timeout: number,
  onAnswer: (item: AnsweredItem) => void,
): Promise<TestRun> {
  const transport = new TestTransport(timeout, onAnswer);
  const client = startSentry(
    {
      debug: false, // the SDK prints to stdout
      sampleRate: 1,
      tracesSampleRate: 1,
      profilesSampleRate: 0,
      includeLocalVariables: false,
      throttle: false,
      spool: false,
      sdk: { transport: transport.factory, enableLogs: true, enableMetrics: true, sendClientReports: false },
    },
    '',
  );
  const tracker = new ErrorTracker();
  return keepingAlive(async () => {
    for (const type of types) createTestItems(type, tracker);
    await tracker.flush(PREPARATION);
    const answered = await transport.settled();
    const { dropped } = deliveryStatus();
    const { release } = clientState.options ?? {};
    await client?.close(0);
    return {
      ...(release !== undefined && { release }),
      items: types.flatMap((type) => answered.filter((item) => item.type === type)),
      unsent: types.filter((type) => !answered.some((item) => item.type === type)),
      dropped,
    };
  });
}
