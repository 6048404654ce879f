import { DOM_SCRIPT } from './dom.js';
import { EVENT_SCRIPT } from './event.js';
import { FORMAT_SCRIPT } from './format.js';
import { LIST_SCRIPT } from './list.js';
import { LIVE_SCRIPT } from './live.js';
import { MODEL_SCRIPT } from './model.js';
import { OTHER_SCRIPT } from './raw-items.js';
import { SHELL_SCRIPT } from './layout.js';
import { STACK_SCRIPT } from './stack.js';
import { TRACE_MODEL_SCRIPT } from './trace-model.js';
import { TRACE_SCRIPT } from './trace.js';
import { VALUES_SCRIPT } from './values.js';

/** The page's script, concatenated from its parts; each is plain JavaScript that browsers run unchanged. */
export const PAGE_SCRIPT = [
  "'use strict';\n(() => {",
  FORMAT_SCRIPT,
  MODEL_SCRIPT,
  TRACE_MODEL_SCRIPT,
  DOM_SCRIPT,
  VALUES_SCRIPT,
  STACK_SCRIPT,
  EVENT_SCRIPT,
  TRACE_SCRIPT,
  OTHER_SCRIPT,
  LIST_SCRIPT,
  LIVE_SCRIPT,
  SHELL_SCRIPT,
  '})();\n',
].join('\n');
