import { fileURLToPath } from 'node:url';

/** The parts of a frame that tell where it is in the code. Lines and columns begin at 1. */
export interface FramePlace {
  path: string;
  line: number;
  column: number | undefined;
  /** The line of code that the client has sent. */
  sentLine: string | undefined;
}

/** The lists of frames of an event's exceptions, as they are sent: outermost frame first. */
export function framesOfEvent(payload: unknown): unknown[][] {
  const { exception } = objectOf(payload);
  const values = Array.isArray(exception) ? exception : objectOf(exception).values;
  if (!Array.isArray(values)) return [];
  return values.map((value) => {
    const { frames } = objectOf(objectOf(value).stacktrace);
    return Array.isArray(frames) ? (frames as unknown[]) : [];
  });
}

/** Epoch milliseconds; NaN if the event does not tell. */
export function timeOfEvent(payload: unknown): number {
  const { timestamp } = objectOf(payload);
  return typeof timestamp === 'number' ? timestamp * 1000 : typeof timestamp === 'string' ? Date.parse(timestamp) : NaN;
}

/** @returns undefined for code of Node.js, of another machine, or without a line */
export function placeOfFrame(frame: unknown): FramePlace | undefined {
  const { abs_path: absolute, filename, lineno, colno, context_line: sentLine } = objectOf(frame);
  const path = pathOf(absolute) ?? pathOf(filename);
  if (path === undefined || !isPosition(lineno)) return undefined;
  return {
    path,
    line: lineno,
    column: isPosition(colno) ? colno : undefined,
    sentLine: typeof sentLine === 'string' ? sentLine : undefined,
  };
}

function pathOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > 4096) return undefined;
  const path = value.replace(/[?#].*$/, ''); // of modules that are loaded again
  if (path.startsWith('file:')) return fileUrlPath(path);
  if (path.startsWith('app:///')) return path.slice('app:///'.length); // rewritten, from the project's folder
  return /^[a-z][a-z\d+.-]+:/i.test(path) || path.startsWith('<') ? undefined : path;
}

function fileUrlPath(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined; // of another machine
  }
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
