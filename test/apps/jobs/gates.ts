/** Scheduled methods run all the time; they do something only when a test asks for it. */
const gates = new Map<string, { begin: () => void; started: Promise<void>; end: () => void; ended: Promise<void> }>();

function gateOf(name: string) {
  let gate = gates.get(name);
  if (!gate) {
    let begin!: () => void;
    let end!: () => void;
    const started = new Promise<void>((resolve) => (begin = resolve));
    const ended = new Promise<void>((resolve) => (end = resolve));
    gates.set(name, (gate = { begin, started, end, ended }));
  }
  return gate;
}
const open = new Set<string>();

/** @returns once the method has run */
export function pass(name: string): Promise<void> {
  gates.delete(`${name} done`);
  open.add(name);
  gateOf(name).begin();
  return gateOf(`${name} done`).ended;
}

/** Whether a test waits for this method, which ends with this call. */
export function isOpen(name: string): boolean {
  if (!open.delete(name)) return false;
  setImmediate(() => gateOf(`${name} done`).end());
  return true;
}

export const untilOpen = (name: string): Promise<void> => gateOf(name).started;
