import { getDefaultIntegrations, type Event } from '@sentry/nestjs';
import { cacheContexts } from '../../lib/client/context-cache';

const sdk = () => getDefaultIntegrations({})!.find(({ name }) => name === 'Context')!;
const run = async (integration = cacheContexts(sdk()), contexts?: Event['contexts']) => {
  const event: Event = { type: undefined, contexts };
  return (await integration.processEvent!(event, {}, undefined as never))!;
};

test('an event has all that the SDK adds, and what it had already stays', async () => {
  const cached = cacheContexts(sdk());
  const own = { app: { app_start_time: 'mine' }, shop: { id: 1 } };
  for (const event of [await run(cached, own), await run(cached, own)]) {
    const plain = await run(sdk(), own);
    expect(Object.keys(event.contexts!).sort()).toEqual(Object.keys(plain.contexts!).sort());
    for (const name of Object.keys(plain.contexts!))
      expect(Object.keys(event.contexts![name]!).sort()).toEqual(Object.keys(plain.contexts![name]!).sort());
    expect(event.contexts).toMatchObject(own);
  }
});

test('memory is read once for a burst, and again after a second', async () => {
  const cached = cacheContexts(sdk());
  const memory = jest.spyOn(process, 'memoryUsage');
  const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
  for (let at = 0; at < 5; at++) await run(cached);
  expect(memory).toHaveBeenCalledTimes(1);
  clock.mockReturnValue(2_001);
  await run(cached);
  expect(memory).toHaveBeenCalledTimes(2);
  memory.mockRestore();
  clock.mockRestore();
});

test('what one event does with its contexts changes no other', async () => {
  const cached = cacheContexts(sdk());
  const first = await run(cached);
  const { app_start_time: start } = first.contexts!.app!;
  first.contexts!.app!.app_start_time = 'changed';
  expect((await run(cached)).contexts!.app!.app_start_time).toBe(start);
});

describe('spans that are streamed', () => {
  const added = (integration: ReturnType<typeof sdk>, attributes?: object) => {
    const span = { name: 'job', attributes };
    integration.processSegmentSpan!(span as never, undefined as never);
    return span.attributes!;
  };

  test('the first span of a trace has all that the SDK adds, and what it had already stays', () => {
    const caching = cacheContexts(sdk());
    const own = { 'app.memory': 1, 'shop.id': 2 };
    for (const attributes of [added(caching, own), added(caching, own)]) {
      expect(Object.keys(attributes).sort()).toEqual(Object.keys(added(sdk(), { ...own })).sort());
      expect(attributes).toMatchObject(own);
    }
  });

  test('memory is read once for a burst, and again after a second', () => {
    const caching = cacheContexts(sdk());
    const memory = jest.spyOn(process, 'memoryUsage');
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
    for (let at = 0; at < 5; at++) added(caching);
    expect(memory).toHaveBeenCalledTimes(1);
    clock.mockReturnValue(2_001);
    added(caching);
    expect(memory).toHaveBeenCalledTimes(2);
    memory.mockRestore();
    clock.mockRestore();
  });
});
