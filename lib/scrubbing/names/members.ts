/** Larger objects are asked for each member instead. */
const SMALL = 16;

/** Whether an object may have one of these members: most objects are small and have none. */
export function mayHaveMember(names: ReadonlySet<string>, object: Readonly<Record<string, unknown>>): boolean {
  let count = 0;
  for (const member in object) {
    if (names.has(member) || ++count > SMALL) return true;
  }
  return false;
}
