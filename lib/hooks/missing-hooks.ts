import { Logger } from '@nestjs/common';
import { processWide } from '../process-state/process-wide.js';
import { stats } from '../stats/stats.js';
import { HOOKS, type HookName } from '../stats/hook-names.js';

const warned = processWide('missing-hooks', () => new Set<string>());

/** Warns once about each hook that could not be installed, and what is not reported because of it. */
export function warnOfMissingHooks(): void {
  const missing = Object.keys(stats.hooks).filter((hook) => stats.hooks[hook] === false && !warned.has(hook));
  if (missing.length === 0) return;
  const lost = missing.map((hook) => `${hook} (not reported: ${HOOKS[hook as HookName]})`);
  for (const hook of missing) warned.add(hook);
  new Logger('SentryModule').warn(
    `Could not hook into Nest for ${lost.join(', ')}. Possible causes: a bundle, a second copy of ` +
      `@nestjs/*, or an unsupported version.`,
  );
}
