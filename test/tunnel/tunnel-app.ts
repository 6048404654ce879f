import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import type { FaultyReceiver } from '../harness/faulty-receiver';

/** Nothing but the tunnel limits how many envelopes a test may send. */
export const plenty = { perMinute: { client: 100_000, total: 100_000 } };

export interface TunnelSettings {
  lane: Lane;
  platform: Platform;
  tunnel?: object;
  nodeOptions?: string[];
  /** Variables. */
  [name: string]: any;
}

/** Runs the application of these tests, which reports to the receiver. */
export async function withTunnel<T>(
  receiver: FaultyReceiver,
  { lane, platform, tunnel = plenty, nodeOptions, ...env }: TunnelSettings,
  use: (app: AppProcess) => Promise<T>,
): Promise<T> {
  const app = await AppProcess.start({
    lane,
    app: 'tunnel',
    nodeOptions,
    env: {
      SENTRY_DSN: receiver.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      PLATFORM: platform,
      TUNNEL: JSON.stringify(tunnel),
      ...env,
    },
  });
  try {
    return await use(app);
  } finally {
    await app.stop('SIGKILL');
  }
}
