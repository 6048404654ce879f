import { patchMethod, patchPrototype } from '../../lib/hooks/patch-method';
import { stats } from '../../lib/stats/stats';

interface Greeter {
  greet(name: string, ...rest: unknown[]): string;
}

function greeterClass() {
  return class {
    greet(name: string): string {
      return `hello ${name}`;
    }
  };
}
const shout = (greet: Greeter['greet']) =>
  function (this: Greeter, name: string, ...rest: unknown[]) {
    return greet.call(this, name, ...rest).toUpperCase();
  };

beforeEach(() => {
  for (const hook of Object.keys(stats.hooks)) Reflect.deleteProperty(stats.hooks, hook);
});

test('wraps a method once, with its name and its length, and records that it was there', () => {
  const { prototype } = greeterClass();
  expect(patchPrototype<Greeter, 'greet'>('graphql', prototype, 'greet', shout)).toBe(true);
  const wrapped = () => Reflect.get(prototype, 'greet') as () => string;
  const first = wrapped();
  expect(patchPrototype<Greeter, 'greet'>('graphql', prototype, 'greet', shout)).toBe(true);
  expect(wrapped()).toBe(first);
  expect([first.name, first.length]).toEqual(['greet', 1]);
  expect(prototype.greet('ada')).toBe('HELLO ADA');
  expect(stats.hooks).toEqual({ graphql: true });
});

test('records a place that is not there as false, also beside one that is', () => {
  const { prototype } = greeterClass();
  patchPrototype<Greeter, 'greet'>('graphql', prototype, 'greet', shout);
  const without = {} as Greeter;
  expect(patchPrototype<Greeter, 'greet'>('graphql', without, 'greet', shout)).toBe(false);
  expect(Object.keys(without)).toEqual([]);
  patchPrototype<Greeter, 'greet'>('graphql', greeterClass().prototype, 'greet', shout);
  expect(stats.hooks).toEqual({ graphql: false });
});

test.each([
  ['a package that is not installed', 'not-a-package/file.js', 'X', 'not installed'],
  ['a file that an installed package does not have', '@nestjs/core/not-a-file.js', 'X', false],
  ['a class that a file does not have', '@nestjs/core/exceptions/exceptions-handler.js', 'NotAClass', false],
  ['a method that a class does not have', '@nestjs/core/exceptions/exceptions-handler.js', 'ExceptionsHandler', false],
])('%s: %s', (_what, module, className, expected) => {
  patchMethod<Greeter, 'greet'>('graphql', { module, className }, 'greet', shout);
  expect(stats.hooks.graphql).toBe(expected);
});
