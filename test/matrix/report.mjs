/** Prints one line for each cell, and counts. */
export class Report {
  passed = 0;
  failed = 0;

  /**
   * @param work - rejects, or returns texts: what is not as expected
   * @returns whether the cell has passed
   */
  async cell(title, work) {
    const startedAt = Date.now();
    const problems = (await work().catch((error) => [error.stack ?? String(error)])) ?? [];
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    const isFine = problems.length === 0;
    process.stdout.write(`${isFine ? 'ok    ' : 'FAILED'} ${title} (${seconds} s)\n`);
    for (const problem of problems) process.stdout.write(`       ${problem.replaceAll('\n', '\n       ')}\n`);
    if (isFine) this.passed += 1;
    else this.failed += 1;
    return isFine;
  }

  end() {
    process.stdout.write(`\n${this.passed} passed, ${this.failed} failed\n`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}

/** Does the work for each item, several at once, in order. */
export async function inParallel(items, limit, work) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
