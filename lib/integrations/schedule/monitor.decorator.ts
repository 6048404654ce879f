import 'reflect-metadata';
import { classNameOf } from '../../context/handler.js';
import { pathOf } from '../../operations/replace-method.js';
import { refuseBareDecorator } from '../../options/bare-decorator.js';
import { monitorShape, type MonitorOptions } from './schedule-options.js';

const KEY = 'nestjs-error-tracker:monitor';

/**
 * Configures the cron monitor of a `@Cron` method, beside that decorator, in either order. `@Monitor(false)`: the method
 * has none.
 *
 * ```ts
 * import { Cron } from '@nestjs/schedule';
 * import { Monitor } from 'nestjs-error-tracker/schedule';
 *
 * @Injectable()
 * export class ReportsService {
 *   @Cron('0 30 4 * * *')
 *   @Monitor({ slug: 'nightly-reports', maxRuntime: '20m' })
 *   async nightly(): Promise<void> {}
 * }
 * ```
 *
 * @param options - take precedence over those of `SentryScheduleModule`
 * @throws ConfigurationError - without parentheses, and if an option is invalid
 */
export function Monitor(options: MonitorOptions | false): MethodDecorator;
export function Monitor(options: MonitorOptions | false, ...bare: unknown[]): MethodDecorator {
  refuseBareDecorator('@Monitor({ … })', [options, ...bare]);
  return (target, key) => {
    if (options !== false) monitorShape(options, `@Monitor on ${pathOf(classNameOf(target.constructor), key)}`);
    Reflect.defineMetadata(KEY, options, target, key);
  };
}

export function monitorOptionsOf(instance: object, method: string): MonitorOptions | false | undefined {
  return Reflect.getMetadata(KEY, instance, method) as MonitorOptions | false | undefined;
}
