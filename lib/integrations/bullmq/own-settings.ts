import 'reflect-metadata';
import { ownOptions, settingsWith, type OwnOptions } from '../../partners/own-options.js';
import type { Tracking } from '../../partners/partner.js';
import { compileJobSettings, type BullMqOptions, type JobSettings } from './bullmq-options.js';

const KEY = 'nestjs-error-tracker:job-options';

/** The options of `@TrackJob`. */
export type OwnJobOptions = OwnOptions<BullMqOptions, JobSettings>;

/** Keeps the options of a method. As metadata of its class: the SDK's instrumentation replaces the method itself. */
export function setOwnOptions(prototype: object, method: PropertyKey, options: BullMqOptions): OwnJobOptions {
  const own: OwnJobOptions = ownOptions(options);
  Reflect.defineMetadata(KEY, own, prototype, method as string);
  return own;
}

export function ownOptionsOf(instance: object, method: string): OwnJobOptions | undefined {
  return Reflect.getMetadata(KEY, instance, method) as OwnJobOptions | undefined;
}

/** The settings of a method: its own options take precedence over those of the application. */
export function ownSettings(
  tracking: Tracking<JobSettings> | undefined,
  own: OwnJobOptions | undefined,
): Tracking<JobSettings> | undefined {
  return tracking && { ...tracking, settings: settingsWith(tracking.settings, own, compileJobSettings) };
}
