import { INSTRUMENTED_PACKAGES } from '../../../client/instrumented-packages.js';
import type { Check, Examination } from '../examination.js';
import type { Finding } from '../finding.js';

const FLAG = 'node --import nestjs-error-tracker/register dist/main.js';
const FIRST = "import './instrument', which calls initSentry() of 'nestjs-error-tracker/init', first in main.ts";

/** `init-missing`, `init-late`, `esm-without-import`: what is loaded before the SDK is not traced. */
export const startComesFirst: Check = {
  topic: 'configuration',
  run: (examination) => {
    const { facts, options } = examination;
    if (!facts || !('@nestjs/core' in facts.packages)) return [];
    const { sentry } = facts;
    if (!sentry) return facts.error ? [] : [missing()];
    if (!options?.enabled || sentry.isPreloaded) return [];
    const lost = sentry.loadedBefore.filter((name) => INSTRUMENTED_PACKAGES.includes(name));
    if (sentry.isAfterNest) return [late(lost)];
    return facts.isModule ? [withoutImport(examination, lost)] : lost.length > 0 ? [late(lost)] : [];
  },
};

function missing(): Finding {
  return {
    id: 'init-missing',
    severity: 'error',
    what: 'The application has started, and nothing has started Sentry.',
    why: 'No error is reported.',
    fix: `In main.ts, ${FIRST}; or run ${FLAG}.`,
  };
}

function late(lost: readonly string[]): Finding {
  const loaded = lost.length > 0 ? `Nest or ${lost.join(', ')}` : 'Nest';
  return {
    id: 'init-late',
    severity: 'warning',
    what: `${loaded} was loaded before Sentry was started.`,
    why: `${lost.length > 0 ? `Spans of ${lost.join(', ')} are missing, and errors` : 'Errors'} that are thrown while modules are loaded are not reported.`,
    fix: `In main.ts, ${FIRST}; or run ${FLAG}.`,
  };
}

function withoutImport({ facts }: Examination, lost: readonly string[]): Finding {
  const live = Object.keys(facts?.packages ?? {}).filter(
    (name) => INSTRUMENTED_PACKAGES.includes(name) && !lost.includes(name),
  );
  const traced = live.length > 0 ? ` Traced: ${live.join(', ')}.` : '';
  return {
    id: 'esm-without-import',
    severity: lost.length > 0 ? 'warning' : 'info',
    what: `The application consists of ES modules, and Sentry is started without --import. Linked before: ${lost.join(', ') || 'no package that the SDK traces'}.${traced}`,
    why: 'Node links all static imports of an ES module before it runs the first of them: the SDK cannot trace what they load.',
    fix: `Run ${FLAG}.`,
  };
}
