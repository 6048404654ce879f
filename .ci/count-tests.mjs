// Prints how many tests of a Jest report passed and failed. A skipped test counts as failed, except one of the lane
// that LANE leaves to another job.
import { readFileSync } from 'node:fs';

const { LANE } = process.env;
const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const otherLane = LANE ? new RegExp(`\\blane (?!${LANE}\\b)\\d+\\b`) : undefined;

const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
const count = (matches) => tests.filter(matches).length;
const passed = count(({ status }) => status === 'passed');
const failed = count(({ status }) => status === 'failed');
const skipped = count(({ status, fullName }) => !['passed', 'failed'].includes(status) && !otherLane?.test(fullName));
if (skipped > 0) process.stderr.write(`${skipped} tests were skipped, which counts as failed\n`);
process.stdout.write(`${passed} ${failed + skipped || report.numFailedTestSuites}\n`);
