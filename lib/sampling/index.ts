export { type NamedExecution } from './execution-name.js';
export { compileErrorSampler, type ErrorFacts, type ErrorSampler } from './error-sampler.js';
export { compileBudgets } from './name-budgets.js';
export { compileNameMatcher } from './name-pattern.js';
export { canTellOperations } from './operation-patterns.js';
export { share } from './share.js';
export { compileThrottle, type Throttle, type ThrottleFacts, type ThrottleSummary } from './throttle.js';
export { TRACE_PRESETS } from './trace-presets.js';
export { compileTraceSampler, type TracedExecution, type TraceSampler } from './trace-sampler.js';
