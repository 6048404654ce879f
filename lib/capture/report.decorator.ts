import 'reflect-metadata';
import type { Handler } from '../context/execution.js';
import type { CaptureOptions } from '../options/module-options.js';
import { captureShape, mergeCapture } from '../options/resolve-module.js';
import { compilePolicy, type CapturePolicy } from './policy.js';

const REPORT = 'nestjs-error-tracker:report';

/**
 * Says which failures of one handler, or of all handlers of a controller, are reported, on top of the module's
 * `capture` options: `@Report({ status: { 404: 1 } })`. That of a handler wins over that of its controller.
 *
 * @throws ConfigurationError - where an option cannot be used
 */
export function Report(options: CaptureOptions): MethodDecorator & ClassDecorator {
  captureShape(options, '@Report');
  const decorate = (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    // Decorators that replace a method, as the SDK's instrumentation does, need not keep the metadata of its function.
    if (key !== undefined) Reflect.defineMetadata(REPORT, options, target, key);
    Reflect.defineMetadata(REPORT, options, (descriptor?.value as object | undefined) ?? target);
  };
  return decorate;
}

/** The policy of one handler: that of the module, with what `@Report` says of the controller and of the handler. */
export function policyResolver(options: CaptureOptions): (handler: Handler | undefined) => CapturePolicy {
  const general = compilePolicy(options);
  const byCallback = new WeakMap<object, CapturePolicy>();
  return (handler) => {
    const { type, callback, method = '' } = handler ?? {};
    if (!type || !callback) return general;
    let policy = byCallback.get(callback);
    if (!policy) {
      const own = [reportOf(type), reportOf(callback) ?? reportOf(prototypeOf(type), method)].filter(
        (report) => report !== undefined,
      );
      policy = own.length === 0 ? general : compilePolicy(own.reduce(mergeCapture, options));
      byCallback.set(callback, policy);
    }
    return policy;
  };
}

function reportOf(target: object | undefined, method?: string): CaptureOptions | undefined {
  if (!target) return undefined;
  const report: unknown =
    method === undefined ? Reflect.getMetadata(REPORT, target) : Reflect.getMetadata(REPORT, target, method);
  return report as CaptureOptions | undefined;
}

function prototypeOf(type: object): object | undefined {
  return typeof type === 'function' ? (type.prototype as object | undefined) : undefined;
}
