import { ConfigurationError } from '../options/configuration-error.js';
import { type GroupingOptions, type GroupingPreset, type GroupingRule } from '../options/grouping-options.js';
import { httpExceptionStatus, read } from './error-shape.js';
import { type GroupingFacts, type Preset } from './grouping-event.js';
import { compileRule } from './grouping-rule.js';
import { PRESETS } from './presets/presets.js';

/** The fingerprint of an event, or undefined for Sentry's own grouping. */
export type Grouping = (facts: GroupingFacts) => string[] | undefined;

/** Called when a rule fails, with its path and the error; the rule is skipped. */
export type FaultListener = (where: string, fault: unknown) => void;

const DEFAULT = '{{ default }}';

/**
 * Compiles grouping. In order of precedence: the fingerprint that the application set on the event, the first matching
 * rule, the first preset that recognizes the error. Never throws once compiled.
 *
 * @param onFault called when a function of a rule throws
 * @param at path of the options, for error messages
 * @throws ConfigurationError for a wrong rule or an unknown preset
 */
export function compileGrouping(
  options: readonly GroupingRule[] | GroupingOptions | undefined,
  onFault?: FaultListener,
  at = 'grouping',
): Grouping {
  const list = isList(options) ? options : options?.rules;
  const path = isList(options) ? at : `${at}.rules`;
  const rules = (list ?? []).map((rule, index) => compileRule(rule, `${path}[${index}]`));
  const presets = enabledPresets(isList(options) ? undefined : options?.presets, `${at}.presets`);

  return ({ error, event }) => {
    if (event.existing?.length && !(event.existing.length === 1 && event.existing[0] === DEFAULT))
      return event.existing;
    for (const rule of rules) {
      try {
        if (rule.matches(error)) return rule.fingerprint(error);
      } catch (fault) {
        onFault?.(rule.at, fault);
      }
    }
    const inner = causeOfResponse(error);
    for (const [name, preset] of presets) {
      try {
        const fingerprint = preset(error, event) ?? (inner === undefined ? undefined : preset(inner, event));
        if (fingerprint) return fingerprint;
      } catch (fault) {
        onFault?.(`${at}.presets.${name}`, fault);
      }
    }
    return undefined;
  };
}

/** The cause of an exception that only turns another error into a response. */
function causeOfResponse(error: unknown): unknown {
  return httpExceptionStatus(error) === undefined ? undefined : read(error, 'cause');
}

function isList(options: unknown): options is readonly GroupingRule[] {
  return Array.isArray(options);
}

function enabledPresets(
  chosen: GroupingOptions['presets'],
  at: string,
): ReadonlyArray<readonly [GroupingPreset, Preset]> {
  if (chosen === undefined || chosen === true) return PRESETS;
  if (chosen === false) return [];
  const names = PRESETS.map(([name]) => name);
  for (const [name, on] of Object.entries(chosen) as Array<[string, unknown]>) {
    if ((names as string[]).includes(name) && (on === undefined || typeof on === 'boolean')) continue;
    throw new ConfigurationError({
      path: `${at}.${name}`,
      received: on,
      expected: `true or false for one of ${names.join(', ')}`,
      fix: 'correct the name, or use true or false',
    });
  }
  return PRESETS.filter(([name]) => chosen[name] !== false);
}
