/** Pure: jobs from their traces and errors, monitors from their check-ins. */
export const JOBS_SCRIPT = String.raw`
const JOB_OP = /^(?:queue\.(?:process|task)|cron|cli|function|event)(?:\.|$)/;
const JOB_KINDS = new Set(['queue', 'cron', 'interval', 'timeout', 'cli', 'event']);
/** Minutes that a run may take if its monitor does not say, as in Sentry. */
const USUAL_RUNTIME = 30;
const MAX_COMPARED_RUNS = 100;
const STATUS_LEVELS = { ok: 'ok', error: 'error', in_progress: 'info', missed: 'warning', timeout: 'error' };

/** A function that outlasts its request is sent as a segment, too; a job begins its trace, or is that of a queue or an event. */
function isJobSpan({ span, depth }) {
  return span.segment && JOB_OP.test(span.op) && (depth === 0 || span.op !== 'function');
}

/** Jobs by name: { name, op, runs: [{ at, duration, failed, trace, errors }] }, the newest run first. */
function jobsOf(traces, events) {
  const jobs = new Map();
  const jobFor = (name, op) => {
    if (!jobs.has(name)) jobs.set(name, { name, op, runs: [] });
    return jobs.get(name);
  };
  const told = new Set();
  for (const trace of traces) {
    for (const { span } of trace.rows.filter(isJobSpan)) {
      const errors = trace.events.filter((event) => event.transaction === span.name && event.at >= span.start - 1 && event.at <= span.end + 1);
      errors.forEach((event) => told.add(event));
      jobFor(span.name, span.op).runs.push({ at: span.start, duration: span.end - span.start, failed: span.failed || errors.some((event) => event.view === 'errors'), trace, errors });
    }
  }
  for (const event of events) {
    const kind = objectOf(Object.fromEntries(pairsOf(event.payload.tags))).kind;
    if (told.has(event) || !JOB_KINDS.has(kind)) continue;
    jobFor(event.transaction || '(unnamed)', text(kind)).runs.push({ at: event.at, duration: NaN, failed: event.view === 'errors', errors: [event] });
  }
  const list = [...jobs.values()];
  for (const job of list) job.runs.sort((one, other) => other.at - one.at);
  return list.sort((one, other) => other.runs[0].at - one.runs[0].at);
}

/** Monitors by slug and environment: { key, slug, environment, config, runs }, the newest run first. */
function monitorsOf(items) {
  const monitors = new Map();
  for (const item of items.filter((each) => each.type === 'check_in').reverse()) {
    const checkIn = objectOf(item.payload);
    const [slug, environment] = [text(checkIn.monitor_slug) || '(unnamed)', text(checkIn.environment)];
    const key = slug + (environment ? ' in ' + environment : '');
    if (!monitors.has(key)) monitors.set(key, { key, slug, environment, config: {}, byId: new Map() });
    const monitor = monitors.get(key);
    if (isObject(checkIn.monitor_config)) monitor.config = checkIn.monitor_config;
    const id = text(checkIn.check_in_id) || item.id;
    const received = Date.parse(item.receivedAt) / 1000;
    const run = monitor.byId.get(id) || { id, at: received, status: '', duration: NaN, items: [] };
    run.status = text(checkIn.status);
    run.items.push(item);
    if (typeof checkIn.duration === 'number') run.duration = checkIn.duration;
    else if (run.items.length > 1) run.duration = received - run.at;
    monitor.byId.set(id, run);
  }
  const list = [...monitors.values()];
  for (const monitor of list) monitor.runs = [...monitor.byId.values()].sort((one, other) => other.at - one.at);
  return list.sort((one, other) => other.runs[0].at - one.runs[0].at);
}

/** The runs of a monitor with those that were missed, the newest first. */
function runsOf(monitor) {
  const missed = missedRunsOf(monitor).map((at) => ({ id: 'due ' + at, at: at / 1000, status: 'missed', duration: NaN, items: [] }));
  return missed.length === 0 ? monitor.runs : monitor.runs.concat(missed).sort((one, other) => other.at - one.at);
}

/** What the inbox is asked about a monitor; undefined if its schedule is not known. */
function missedQuery({ config, runs }) {
  const schedule = objectOf(config.schedule);
  const query = { margin: text(config.checkin_margin) };
  if (schedule.type === 'crontab') Object.assign(query, { crontab: text(schedule.value), timezone: text(config.timezone) });
  else if (schedule.type === 'interval') Object.assign(query, { every: text(schedule.value), unit: text(schedule.unit) });
  else return undefined;
  return { ...query, starts: runs.slice(0, MAX_COMPARED_RUNS).map((run) => Math.round(run.at * 1000)).join() };
}

/** The status of a run; timeout if it has not ended within the time of its monitor. */
function statusOf(run, config) {
  const minutes = typeof config.max_runtime === 'number' ? config.max_runtime : USUAL_RUNTIME;
  return run.status === 'in_progress' && Date.now() / 1000 - run.at > minutes * 60 ? 'timeout' : run.status || 'unknown';
}

function scheduleText(config) {
  const schedule = objectOf(config.schedule);
  if (schedule.type === 'crontab') return text(schedule.value);
  if (schedule.type === 'interval') return 'every ' + text(schedule.value) + ' ' + text(schedule.unit) + (schedule.value === 1 ? '' : 's');
  return '';
}
`;
