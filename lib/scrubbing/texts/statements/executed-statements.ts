import { FILTERED, isMarker } from '../../markers/marker.js';
import type { WorkMeter } from '../../limits/work-meter.js';
import type { KeyRules } from '../../names/key-rules.js';
import { columnsOf } from '../assignments/statement-columns.js';

/** How SQL Server traces a statement with parameters: `exec sp_executesql N'…', N'@p0 int', @p0=7`. */
const EXECUTED =
  /\bsp_(?:executesql|prepexec)\s[^'\r\n]{0,80}'((?:[^']|''){1,8000})'\s{0,4},\s{0,4}[nN]?'((?:[^']|''){1,4000})'/i;
const DECLARED = /@(\w{1,60})/g;
/** A parameter, by its name or by its position. */
const PARAMETER = /(?:@(\w{1,60})\s{0,4}=\s{0,4})?(?:([nN]?')((?:[^']|''){0,8000})'?|[^\s,';]+)/g;
const STEPS = 40;

/** Replaces the parameters, except those of columns known to be harmless. */
export function scrubExecuted(text: string, keys: KeyRules, work: WorkMeter): string {
  const found = EXECUTED.exec(text);
  if (!found) return text;
  const [all, statement = '', declared = ''] = found;
  const from = found.index + all.length;
  work.charge((text.length - found.index) * STEPS);
  const { named } = columnsOf(statement.replaceAll("''", "'"), work);
  const names = Array.from(declared.matchAll(DECLARED), ([, name]) => name ?? '');
  let position = 0;
  return (
    text.slice(0, from) +
    text.slice(from).replace(PARAMETER, (parameter: string, own?: string, open?: string, value?: string) => {
      const column = named.get(own ?? names[position] ?? '');
      position++;
      const harmless = column !== undefined && keys.of(column).rule === undefined;
      return open === undefined || value === undefined || value === '' || harmless || isMarker(value)
        ? parameter
        : `${parameter.slice(0, parameter.indexOf("'"))}'${FILTERED}'`;
    })
  );
}
