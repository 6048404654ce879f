import { COPY_SCRIPT } from './copy.js';
import { DELIVERY_SCRIPT } from './delivery.js';
import { DOM_SCRIPT } from './dom.js';
import { EMPTY_SCRIPT } from './empty.js';
import { EVENT_SCRIPT } from './event.js';
import { FORMAT_SCRIPT } from './format.js';
import { JOBS_SCRIPT } from './jobs.js';
import { JOB_PAGES_SCRIPT } from './job-pages.js';
import { KEYBOARD_SCRIPT } from './keyboard.js';
import { SHELL_SCRIPT } from './layout.js';
import { LIST_SCRIPT } from './list.js';
import { LIVE_SCRIPT } from './live.js';
import { MISSED_SCRIPT } from './missed.js';
import { MODEL_SCRIPT } from './model.js';
import { OTHER_SCRIPT } from './raw-items.js';
import { ROUTES_SCRIPT } from './routes.js';
import { SCRUBBED_SCRIPT } from './scrubbed.js';
import { SEARCH_SCRIPT } from './search.js';
import { SOURCES_SCRIPT } from './sources.js';
import { STACK_SCRIPT } from './stack.js';
import { TIMELINE_SCRIPT } from './timeline.js';
import { TRACE_MODEL_SCRIPT } from './trace-model.js';
import { TRACE_SCRIPT } from './trace.js';
import { VALUES_SCRIPT } from './values.js';

/** The page's script, concatenated from its parts; each is plain JavaScript that browsers run unchanged. */
export const PAGE_SCRIPT = [
  "'use strict';\n(() => {",
  FORMAT_SCRIPT,
  MODEL_SCRIPT,
  TRACE_MODEL_SCRIPT,
  JOBS_SCRIPT,
  MISSED_SCRIPT,
  DOM_SCRIPT,
  SEARCH_SCRIPT,
  VALUES_SCRIPT,
  COPY_SCRIPT,
  SCRUBBED_SCRIPT,
  TIMELINE_SCRIPT,
  SOURCES_SCRIPT,
  STACK_SCRIPT,
  EVENT_SCRIPT,
  TRACE_SCRIPT,
  JOB_PAGES_SCRIPT,
  DELIVERY_SCRIPT,
  OTHER_SCRIPT,
  LIST_SCRIPT,
  EMPTY_SCRIPT,
  LIVE_SCRIPT,
  ROUTES_SCRIPT,
  SHELL_SCRIPT,
  KEYBOARD_SCRIPT,
  '})();\n',
].join('\n');
