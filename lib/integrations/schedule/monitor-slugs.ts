/** Names of dynamic jobs may contain ids, and each slug is a monitor in Sentry, which costs money. */
const MOST_DYNAMIC = 100;

/** The slugs of one application. Two jobs with one monitor would each hide that the other is missing. */
export class MonitorSlugs {
  private readonly jobs = new Map<string, unknown>();
  private dynamic = 0;
  private hasToldLimit = false;

  /** @returns why the job cannot have this slug; empty if that was said before about another job */
  claim(slug: string, owner: unknown, isDynamic = false): string | undefined {
    const known = this.jobs.get(slug);
    if (known !== undefined) return known === owner ? undefined : `another job has the slug '${slug}'`;
    if (isDynamic && this.dynamic >= MOST_DYNAMIC) return this.tellLimit();
    if (isDynamic) this.dynamic++;
    this.jobs.set(slug, owner);
    return undefined;
  }

  private tellLimit(): string {
    if (this.hasToldLimit) return '';
    this.hasToldLimit = true;
    return `${MOST_DYNAMIC} jobs of the SchedulerRegistry have one, and so has none that is added now`;
  }
}

const byModules = new WeakMap<object, MonitorSlugs>();

/** @param modules - Nest's `ModulesContainer` */
export function monitorSlugsOf(modules: object): MonitorSlugs {
  const slugs = byModules.get(modules) ?? new MonitorSlugs();
  byModules.set(modules, slugs);
  return slugs;
}
