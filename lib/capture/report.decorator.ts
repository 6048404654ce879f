import 'reflect-metadata';
import type { Handler } from '../context/execution.js';
import type { CaptureOptions } from '../options/module-options.js';
import { refuseBareDecorator } from '../options/bare-decorator.js';
import { captureShape, mergeCapture } from '../options/resolve-module.js';
import { compilePolicy, type CapturePolicy } from './policy.js';

const REPORT = 'nestjs-error-tracker:report';

/**
 * Sets which failures of one handler, or of all handlers of a controller, are reported, on top of the module's
 * `capture` options: `@Report({ status: { 404: 1 } })`. `@Report` of a handler overrides `@Report` of its controller.
 *
 * @throws ConfigurationError - if an option is invalid, or if the parentheses are missing
 * @example
 * ```ts
 * @Get(':id')
 * @Report({ status: { 404: 1 } })
 * findOne(@Param('id') id: string): Promise<Order> {
 *   return this.orders.findOne(id);
 * }
 * ```
 */
export function Report(options: CaptureOptions): MethodDecorator & ClassDecorator;
export function Report(...given: [CaptureOptions, ...unknown[]]): MethodDecorator & ClassDecorator {
  refuseBareDecorator('@Report({ status: { 404: 1 } })', given);
  const [options] = given;
  captureShape(options, '@Report');
  const decorate = (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    // Decorators that replace a method, such as the SDK's instrumentation, may lose the metadata of its function.
    if (key !== undefined) Reflect.defineMetadata(REPORT, options, target, key);
    const method = descriptor ?? (key === undefined ? undefined : Reflect.getOwnPropertyDescriptor(target, key));
    Reflect.defineMetadata(REPORT, options, (method?.value as object | undefined) ?? target);
  };
  return decorate;
}

/**
 * Returns the policy of a handler: the module's options, merged with `@Report` of the controller and of the handler.
 * Compiled once per controller and handler, because several controllers may inherit a handler.
 */
export function policyResolver(options: CaptureOptions): (handler: Handler | undefined) => CapturePolicy {
  const general = compilePolicy(options);
  const policies = new WeakMap<object, WeakMap<object, CapturePolicy>>();
  const compile = (type: object, callback: object, method: string) => {
    const own = [reportOf(type), reportOf(callback) ?? reportOf(prototypeOf(type), method)].filter(
      (report) => report !== undefined,
    );
    return own.length === 0 ? general : compilePolicy(own.reduce(mergeCapture, options));
  };
  return (handler) => {
    const { type, callback, method = '' } = handler ?? {};
    if (!type || !callback) return general;
    const ofType = policies.get(type) ?? new WeakMap<object, CapturePolicy>();
    policies.set(type, ofType);
    const policy = ofType.get(callback) ?? compile(type, callback, method);
    ofType.set(callback, policy);
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
