import type { Preset } from '../../../options/presets.js';
import type { ResolvedInit } from '../../../options/resolve-init.js';

/** The options in use, as far as checks look at them. */
export interface SeenOptions {
  enabled: boolean;
  dsn?: string;
  tunnel?: string;
  proxy?: string;
  caCerts?: string | string[];
  environment: string;
  preset: Preset;
  release?: string;
  sampleRate: number;
  tracesSampleRate: number;
  /** Whether a function decides on traces. */
  hasTracesSampler: boolean;
  debug: boolean;
  /** `off`: everything is sent as it is; `personal`: e-mail or IP addresses are. */
  scrubbing: 'on' | 'personal' | 'off';
  spoolDirectory?: string;
}

export function seenOptions(options: ResolvedInit): SeenOptions {
  const { enabled, dsn, environment, preset, release, sampleRate, tracesSampleRate, debug, sdk = {} } = options;
  const { proxy, caCerts } = (sdk.transportOptions ?? {}) as { proxy?: unknown; caCerts?: unknown };
  const texts =
    typeof caCerts === 'string' || (Array.isArray(caCerts) && caCerts.every((each) => typeof each === 'string'));
  return {
    enabled,
    dsn,
    tunnel: sdk.tunnel,
    proxy: typeof proxy === 'string' ? proxy : undefined,
    caCerts: texts ? caCerts : undefined,
    environment,
    preset,
    release,
    sampleRate,
    tracesSampleRate,
    hasTracesSampler: sdk.tracesSampler !== undefined,
    debug,
    scrubbing: scrubbingOf(options),
    spoolDirectory: options.spool === false ? undefined : options.spool.directory,
  };
}

function scrubbingOf({ scrubbing }: ResolvedInit): SeenOptions['scrubbing'] {
  if (scrubbing === false) return 'off';
  const { pii } = scrubbing ?? {};
  const modes = typeof pii === 'object' ? [pii.email, pii.ip] : [pii]; // other kinds are kept by default
  return modes.includes('keep') ? 'personal' : 'on';
}
