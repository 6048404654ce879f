/**
 * Runs in a worker, because a thread cannot debug itself: pauses the main thread when something is thrown, reads the
 * variables of its frames, and stores them on the main thread by the thrown object. Frames have the same form as in the
 * SDK's worker: `{ function, vars }`.
 *
 * Kept as a string, because a bundle has no file that a worker could load, and bundlers add helpers to functions that
 * do not exist in a worker.
 */
export const WORKER_SOURCE = `
const { Session } = require('node:inspector/promises');
const { workerData } = require('node:worker_threads');

const MAX_FRAMES = 50; // what the SDK sends
const MAX_PAUSES_A_SECOND = 50;
const MAX_WAIT_SECONDS = 86400;

const session = new Session();
let isPaused = false;
let pauses = 0;

const propertiesOf = async (objectId) =>
  (await session.post('Runtime.getProperties', { objectId, ownProperties: true })).result;

async function readValue({ value }) {
  if (value.objectId && value.className === 'Array') {
    const items = (await propertiesOf(value.objectId)).filter(({ name }) => /^\\d+$/.test(name));
    return items.sort((a, b) => a.name - b.name).map((item) => item.value?.value);
  }
  if (value.objectId && value.className === 'Object') {
    const entries = await propertiesOf(value.objectId);
    return Object.fromEntries(entries.map((entry) => [entry.name, entry.value?.value]));
  }
  if ('value' in value) return value.value ?? '<' + value.value + '>';
  if ('description' in value && value.type !== 'function') return '<' + value.description + '>';
  return value.type === 'undefined' ? '<undefined>' : undefined;
}

async function readFrame({ scopeChain, functionName, this: self }) {
  const owner = self.className && self.className !== 'global' ? self.className + '.' : '';
  const frame = { function: owner + functionName };
  const objectId = scopeChain.find(({ type }) => type === 'local')?.object.objectId;
  if (objectId === undefined) return frame;
  frame.vars = {};
  for (const property of await propertiesOf(objectId)) {
    const value = property.value && (await readValue(property));
    if (value !== undefined) frame.vars[property.name] = value;
  }
  return frame;
}

const onMain = async (objectId, body, frames) => {
  const functionDeclaration =
    'function (key, frames) { const store = globalThis[Symbol.for(key)]; return ' + body + '; }';
  const values = [{ value: workerData.storeKey }, { value: frames }];
  const call = { objectId, functionDeclaration, arguments: values, silent: true, returnByValue: true };
  return (await session.post('Runtime.callFunctionOn', call)).result.value;
};

async function remember({ reason, data, callFrames }) {
  const thrown = data?.objectId;
  if ((reason !== 'exception' && reason !== 'promiseRejection') || !thrown) return;
  // A rethrown error was read when it was first thrown.
  if (!(await onMain(thrown, 'store !== undefined && !store.has(this)'))) return;
  pauses++;
  const frames = [];
  for (const callFrame of callFrames.slice(0, MAX_FRAMES)) frames.push(await readFrame(callFrame));
  await onMain(thrown, 'void store.set(this, frames)', frames);
  await session.post('Runtime.releaseObject', { objectId: thrown });
}

session.on('Debugger.resumed', () => {
  isPaused = false;
});
session.on('Debugger.paused', async ({ params }) => {
  isPaused = true;
  try {
    await remember(params);
  } catch {
    // the event is sent without variables
  } finally {
    if (isPaused) await session.post('Debugger.resume').catch(() => undefined);
  }
});

const pauseOn = (state) => session.post('Debugger.setPauseOnExceptions', { state });

// If errors are thrown too often, caught ones are skipped for a while.
let wait = 5;
let left = 0;
setInterval(() => {
  if (left > 0) {
    if (--left === 0) void pauseOn('all');
  } else if (pauses > MAX_PAUSES_A_SECOND) {
    wait = Math.min(wait * 2, MAX_WAIT_SECONDS);
    left = wait;
    void pauseOn('uncaught');
  }
  pauses = 0;
}, 1000);

session.connectToMainThread();
void session.post('Debugger.enable').then(() => pauseOn('all'));
`;
