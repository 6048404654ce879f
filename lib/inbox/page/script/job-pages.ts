/** The rows and details of jobs and monitors. */
export const JOB_PAGES_SCRIPT = String.raw`
function monitorRow(monitor) {
  const runs = runsOf(monitor);
  const status = statusOf(runs[0], monitor.config);
  return {
    key: 'monitor ' + monitor.key, target: ['monitor', monitor.key], ids: [monitor.key], sign: [runs.length, status, runs[0].items.length].join(' '),
    found: () => searchable([monitor.slug, 'monitor', status], { environment: [monitor.environment], type: ['check_in'] }, []),
    content: () => [
      el('p', { class: 'top' }, badge(STATUS_LEVELS[status] || 'info', status), el('b', { class: 'title' }, rich(shorten(monitor.slug, 200))), runBars(runs, monitor.config)),
      el('p', { class: 'foot' }, el('span', null, ['monitor', scheduleText(monitor.config)].filter(Boolean).join(', ')), timeOf(runs[0].at))],
  };
}

function jobRow(job) {
  const failed = job.runs.filter((run) => run.failed).length;
  return {
    key: 'job ' + job.name, target: ['job', job.name], ids: [job.name], sign: [job.runs.length, failed, minute()].join(' '),
    found: () => searchable([job.name, 'job'], { op: [job.op], route: [job.name], environment: job.runs.slice(0, 50).flatMap((run) => (run.trace ? environmentsOfTrace(run.trace) : run.errors.map((event) => event.payload.environment))) }, []),
    content: () => [
      el('p', { class: 'top' }, badge('op', job.op), el('b', { class: 'title' }, rich(shorten(job.name, 200))), timelineNode(job.runs.map((run) => run.at), failed > 0 ? 'bad' : '')),
      el('p', { class: 'foot' }, el('span', null, plural(job.runs.length, 'run'), failed > 0 && [', ', el('b', { class: 'bad' }, failed + ' failed')]), timeOf(job.runs[0].at))],
  };
}

/** The last runs of a monitor, oldest first. */
function runBars(runs, config) {
  const statuses = runs.slice(0, 20).reverse().map((run) => statusOf(run, config));
  const label = statuses.join(', ');
  return el('span', { class: 'runs', role: 'img', 'aria-label': 'Last runs: ' + label, title: label }, statuses.map((status) => el('i', { class: STATUS_LEVELS[status] || 'info' })));
}

function monitorNode(monitor) {
  const { config } = monitor;
  const runs = runsOf(monitor);
  const facts = { environment: monitor.environment, schedule: scheduleText(config), 'time zone': config.timezone, 'margin in minutes': config.checkin_margin, 'longest run in minutes': config.max_runtime, 'failures until an issue': config.failure_issue_threshold };
  const status = statusOf(runs[0], config);
  return el('article', { class: 'monitor' },
    el('header', { class: 'head' },
      el('p', { class: 'line' }, badge(STATUS_LEVELS[status] || 'info', status), timeOf(runs[0].at, true)),
      el('h1', null, rich(monitor.slug)), runBars(runs, config),
      chips(Object.entries(facts).filter(([, value]) => value !== undefined && value !== null && value !== ''))),
    part('Runs', 'newest first', rowsTable(['Started or due', 'Status', 'Duration', 'Check-ins'], runs.map((run) => [
      timeOf(run.at, true), badge(STATUS_LEVELS[statusOf(run, config)] || 'info', statusOf(run, config)), duration(run.duration),
      run.items.map((item) => [link('raw', item.id, { class: 'inline-link' }, text(objectOf(item.payload).status) || 'JSON'), ' '])]))));
}

function jobNode(job) {
  const lengths = job.runs.map((run) => run.duration).filter(Number.isFinite).sort((one, other) => one - other);
  const facts = { runs: job.runs.length, failed: job.runs.filter((run) => run.failed).length, median: duration(lengths[Math.floor(lengths.length / 2)]), slowest: duration(lengths[lengths.length - 1]) };
  return el('article', { class: 'job' },
    el('header', { class: 'head' },
      el('p', { class: 'line' }, badge('op', job.op), timeOf(job.runs[0].at, true)),
      el('h1', null, rich(job.name)), chips(Object.entries(facts).filter(([, value]) => value !== ''))),
    part('Runs', 'newest first', rowsTable(['Started', 'Result', 'Duration', 'Errors', 'Trace'], job.runs.map((run) => [
      timeOf(run.at, true), badge(run.failed ? 'error' : 'ok', run.failed ? 'failed' : 'ok'), duration(run.duration),
      run.errors.map((event) => eventMark(event)), run.trace && link('trace', run.trace.id, { class: 'inline-link' }, 'Show trace')]))));
}
`;
