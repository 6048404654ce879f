import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ConsumerProcess } from './consumer-process.mjs';
import { expectations, leakingRequest, secrets } from './expectations.mjs';
import { Receiver } from './receiver.mjs';

const values = (events) => events.map(({ exception, message }) => exception?.values?.at(-1)?.value ?? message);

/**
 * Runs one application in one way to start, and collects what is not as expected.
 *
 * @param ends - how the same application ends without this library, by the name of the end
 * @returns one text for each expectation that is not met, and whether there are spans of guards if they are asked for
 */
export async function checkApplication(project, options, ends) {
  const receiver = await Receiver.start();
  const failures = [];
  let hasComponents;
  const check = async (name, work) => {
    receiver.clear();
    await work().catch((error) => failures.push(`${name}: ${error.message}`));
  };
  try {
    const app = await ConsumerProcess.start(project, { ...options, receiver });
    for (const expectation of expectations) {
      await check(expectation.name, () => checkExpectation(app, receiver, expectation));
    }
    await check('nothing leaks', () => checkLeaks(app, receiver));
    await check('spans', () => checkSpans(app, receiver));
    await check('rejected in the background', () => checkRejection(app, receiver));
    await check('SIGTERM', async () => assert.equal(await app.end('SIGTERM'), ends.SIGTERM));
    await check('thrown in the background', async () => {
      hasComponents = await checkThrow(project, { ...options, receiver }, ends.throw);
    });
  } finally {
    await receiver.close();
  }
  return { failures, hasComponents };
}

async function send(app, { path, status, ...init }) {
  const response = await fetch(`${app.url}${path}`, init);
  await response.text();
  if (status !== undefined) assert.equal(response.status, status, `status ${response.status}`);
}

async function checkExpectation(app, receiver, { event, route, ...request }) {
  await send(app, request);
  await app.flush();
  assert.deepEqual(values(receiver.events), event === undefined ? [] : [event]);
  const transaction = route ?? `GET ${request.path.replace(/\?.*$/, '')}`;
  if (event !== undefined) assert.equal(receiver.events[0].transaction, transaction);
}

async function checkLeaks(app, receiver) {
  await send(app, leakingRequest);
  await app.flush();
  assert.equal(receiver.events.length, 1, `${receiver.events.length} events`);
  const leaked = Object.keys(secrets).filter((name) => receiver.bytes.includes(secrets[name]));
  assert.deepEqual(leaked, []);
}

/** Sentry 10 sends transactions, Sentry 11 streams spans. */
async function checkSpans(app, receiver) {
  await send(app, { path: '/cats/7' });
  await app.flush();
  const names = ['GET /cats/:id', 'CatsController.find', 'cats.find'];
  const spans = names.map((name) => receiver.spans.filter((span) => span.name === name));
  assert.deepEqual(
    spans.map(({ length }) => length),
    [1, 1, 1],
    `${names.join(', ')}; received ${receiver.spans.map(({ name }) => name).join(', ')}`,
  );
  assert.deepEqual(receiver.transactions, ['GET /cats/:id']);
  assert.equal(new Set(spans.map(([{ trace }]) => trace)).size, 1, 'the spans are of several traces');
}

/** The SDK lets the process live on. */
async function checkRejection(app, receiver) {
  await send(app, { path: '/background/reject', status: 200 });
  await pause(100);
  await app.flush();
  assert.deepEqual(values(receiver.events), ['rejected in the background']);
}

async function checkThrow(project, { env, flagsWithOptions, ...options }, expectedEnd) {
  const flags = flagsWithOptions?.(project) ?? options.flags;
  const app = await ConsumerProcess.start(project, { ...options, flags, env: { ...env, COMPONENTS: '1' } });
  await send(app, { path: '/cats/7' });
  await app.flush();
  // That of the SDK: this library has none of its own for guards.
  const hasComponents = options.receiver.spans.some(({ name }) => name === 'AdmittingGuard');
  await send(app, { path: '/background/throw' });
  assert.equal(await app.end(), expectedEnd);
  assert.deepEqual(values(options.receiver.events), ['thrown in the background']);
  return hasComponents;
}

/** How Nest and Node end the application by themselves. */
export async function bareEnds(project, options) {
  const bare = { ...options, main: 'main-bare.js' };
  const stopped = await ConsumerProcess.start(project, bare);
  const throwing = await ConsumerProcess.start(project, bare);
  await send(throwing, { path: '/background/throw' });
  return { SIGTERM: await stopped.end('SIGTERM'), throw: await throwing.end() };
}
