/**
 * Runs in a worker, because a thread cannot debug itself: pauses the main thread when something is thrown, reads the
 * variables of its frames, and stores them on the main thread by the thrown object. Frames have the same form as in the
 * SDK's worker: `{ function, vars }`.
 *
 * A pause stops the application, so its work is bounded: frames of `node_modules`, scopes with many variables (the
 * wrapper of a bundle has thousands) and long arrays are not read, and after too many reads in a second, only uncaught
 * errors are read for a while. Loading modules throws a lot, so while they are loaded this lasts one second.
 *
 * Kept as a string, because a bundle has no file that a worker could load, and bundlers add helpers to functions that
 * do not exist in a worker.
 */
export const WORKER_SOURCE = `
const { Session } = require('node:inspector/promises');
const { parentPort, workerData } = require('node:worker_threads');

const MAX_FRAMES = 50; // what the SDK sends
const MAX_VARIABLES = 100; // of a scope
const MAX_READ_VALUES = 100; // objects and arrays, of one error
const MAX_ITEMS = 100; // of an array
const MAX_KNOWN_SCOPES = 1000;
const MAX_KNOWN_SCRIPTS = 100000;
const LARGE_SCOPE = { lines: 2000, columns: 100000 };
const LINES_A_READ = 50; // of a large scope of a package, whose variables V8 copies
const LARGE_SCRIPT = 1500000; // characters
const MAX_PAUSES_A_SECOND = 50;
const MAX_READS_A_SECOND = 5000; // scopes, objects and arrays; about 0.1 ms each
const PROPERTIES_A_READ = 50; // more take as long as several reads
const FRAMES_A_READ = 4; // of a pause, before anything is read
const MAX_WAIT_SECONDS = 86400;

const session = new Session();
let isPaused = false;
let pauses = 0;
let reads = 0;
let valuesLeft = 0;
let isLoading = true;
/** Files that were loaded in this second. */
let loaded = 0;
/** Scripts of packages and of Node. A frame has no URL if its script is a CommonJS module. */
const foreignScripts = new Set();
/** Where scopes begin that have too many variables. */
const fullScopes = new Set();

async function propertiesOf(objectId) {
  const { result } = await session.post('Runtime.getProperties', { objectId, ownProperties: true });
  reads += 1 + Math.floor(result.length / PROPERTIES_A_READ);
  return result;
}

const isLong = ({ description = '' }) => Number(/^Array\\((\\d+)\\)$/.exec(description)?.[1]) > MAX_ITEMS;

async function readValue({ value }) {
  const isRead = value.objectId && value.subtype !== 'proxy' && !isLong(value) && valuesLeft > 0;
  if (isRead && value.className === 'Array') {
    valuesLeft--;
    const items = (await propertiesOf(value.objectId)).filter(({ name }) => /^\\d+$/.test(name));
    return items.sort((a, b) => a.name - b.name).map((item) => item.value?.value);
  }
  if (isRead && value.className === 'Object') {
    valuesLeft--;
    const entries = await propertiesOf(value.objectId);
    return Object.fromEntries(entries.map((entry) => [entry.name, entry.value?.value]));
  }
  if ('value' in value) return value.value ?? '<' + value.value + '>';
  if ('description' in value && value.type !== 'function') return '<' + value.description + '>';
  return value.type === 'undefined' ? '<undefined>' : undefined;
}

const startOf = ({ startLocation: at }) => at && [at.scriptId, at.lineNumber, at.columnNumber].join();

async function readFrame({ scopeChain, functionName, location, this: self }) {
  const owner = self.className && self.className !== 'global' ? self.className + '.' : '';
  const frame = { function: owner + functionName };
  const local = scopeChain.find(({ type }) => type === 'local');
  // The SDK sends no variables of such frames either.
  if (local?.object.objectId === undefined || foreignScripts.has(location.scriptId)) return frame;
  const start = startOf(local);
  if (fullScopes.has(start)) return frame;
  const properties = await propertiesOf(local.object.objectId);
  if (properties.length > MAX_VARIABLES && start) {
    if (fullScopes.size < MAX_KNOWN_SCOPES) fullScopes.add(start);
    return frame;
  }
  frame.vars = {};
  for (const property of properties) {
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

function isLarge({ startLocation: start, endLocation: end }) {
  if (!start || !end) return false;
  const lines = end.lineNumber - start.lineNumber;
  return lines > LARGE_SCOPE.lines || (lines === 0 && end.columnNumber - start.columnNumber > LARGE_SCOPE.columns);
}

/**
 * For a pause, V8 copies the variables of all scopes of all frames, read or not. In a bundle, that takes seconds: only
 * uncaught errors are read there.
 */
let isBundle = false;
session.on('Debugger.scriptParsed', ({ params: { scriptId, url, length } }) => {
  const isForeign = url.startsWith('node:') || url.includes('/node_modules/');
  if (isForeign && foreignScripts.size < MAX_KNOWN_SCRIPTS) foreignScripts.add(scriptId);
  if (length > LARGE_SCRIPT && !isForeign) foundBundle();
  if (url !== '') loaded++; // code that is generated at run time has no URL
});
function foundBundle() {
  if (isBundle) return;
  isBundle = true;
  void pauseOn('uncaught').catch(() => undefined);
}

function countPause({ callFrames }) {
  reads += callFrames.length / FRAMES_A_READ;
  for (const { location, scopeChain } of callFrames) {
    const large = scopeChain.filter(isLarge);
    if (large.length === 0) continue;
    if (!foreignScripts.has(location.scriptId)) foundBundle();
    for (const { startLocation, endLocation } of large)
      reads += (endLocation.lineNumber - startLocation.lineNumber) / LINES_A_READ;
  }
}

async function remember({ reason, data, callFrames }) {
  const thrown = data?.objectId;
  if ((reason !== 'exception' && reason !== 'promiseRejection') || !thrown) return;
  // A rethrown error was read when it was first thrown.
  if (!(await onMain(thrown, 'store !== undefined && !store.has(this)'))) return;
  pauses++;
  valuesLeft = MAX_READ_VALUES;
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
    countPause(params);
    await remember(params);
  } catch {
    // the event is sent without variables
  } finally {
    if (reads > MAX_READS_A_SECOND && left === 0) await backOff().catch(() => undefined);
    if (isPaused) await session.post('Debugger.resume').catch(() => undefined);
  }
});

const pauseOn = (state) => session.post('Debugger.setPauseOnExceptions', { state: isBundle ? 'uncaught' : state });

// If errors are thrown too often, or need too many reads, caught ones are skipped for a while.
let wait = 5;
let left = 0;
function backOff() {
  if (!isLoading) wait = Math.min(wait * 2, MAX_WAIT_SECONDS);
  left = isLoading ? 1 : wait;
  return pauseOn('uncaught');
}
setInterval(() => {
  isLoading = loaded > 0;
  loaded = 0;
  if (left > 0) {
    if (--left === 0) void pauseOn('all');
  } else if (pauses > MAX_PAUSES_A_SECOND) void backOff();
  pauses = reads = 0;
}, 1000);

// A session that is still connected makes Node print a line when the process ends.
parentPort.once('message', (ended) => {
  session.disconnect();
  Atomics.store(ended, 0, 1);
  Atomics.notify(ended, 0);
});

session.connectToMainThread();
void session.post('Debugger.enable').then(() => pauseOn('all'));
`;
