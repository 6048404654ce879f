/** What Relay would refuse, and what it would change. */
export class Findings {
  readonly rejects: string[] = [];
  readonly changes: string[] = [];

  /** Notes that a text is longer than what is kept of it. */
  cut(name: string, value: unknown, most: number): void {
    if (typeof value !== 'string' || value.length <= most) return;
    this.changes.push(`${name}: ${value.length} characters, cut to ${most}`);
  }
}
