import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { keepContext } from '../../lib/process-state/context-runner';

test('runs in the context in which it was created', () => {
  const storage = new AsyncLocalStorage<string>();
  const inside = storage.run('kept', () => keepContext('test'));
  expect(storage.run('another', () => inside(() => storage.getStore()))).toBe('kept');
  expect(inside(() => storage.getStore())).toBe('kept');
});

test('is no open handle', async () => {
  const open = new Set<number>();
  const hook = createHook({
    init: (id, type) => type === 'nestjs-error-tracker.test' && open.add(id),
    destroy: (id) => open.delete(id),
  }).enable();
  const inside = keepContext('test');
  expect(open.size).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  hook.disable();
  expect(open.size).toBe(0);
  expect(inside(() => 'still usable')).toBe('still usable');
});
