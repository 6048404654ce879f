import 'reflect-metadata';
import type { Tracking } from '../../partners/partner.js';
import { compileJobSettings, type BullMqOptions, type JobSettings } from './bullmq-options.js';

const KEY = 'nestjs-error-tracker:job-options';

/** The options of `@TrackJob`, and the last settings that they were merged with: one application runs most of them. */
export interface OwnOptions {
  readonly options: BullMqOptions;
  merged?: { readonly base: JobSettings; readonly settings: JobSettings };
}

/** Keeps the options of a method. As metadata of its class: the SDK's instrumentation replaces the method itself. */
export function setOwnOptions(prototype: object, method: PropertyKey, options: BullMqOptions): OwnOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const own: OwnOptions = { options: Object.fromEntries(given) };
  Reflect.defineMetadata(KEY, own, prototype, method as string);
  return own;
}

export function ownOptionsOf(instance: object, method: string): OwnOptions | undefined {
  return Reflect.getMetadata(KEY, instance, method) as OwnOptions | undefined;
}

/** The settings of a method: its own options take precedence over those of the application. */
export function ownSettings(
  tracking: Tracking<JobSettings> | undefined,
  own: OwnOptions | undefined,
): Tracking<JobSettings> | undefined {
  if (!tracking || !own) return tracking;
  const { application, settings: base } = tracking;
  if (own.merged?.base !== base)
    own.merged = { base, settings: compileJobSettings({ ...base.options, ...own.options }) };
  return { application, settings: own.merged.settings };
}
