const ANY = -1; // any characters, or none
const IN_SEGMENT = -2; // one character of a path segment
const SEGMENT_REST = -3; // any characters within a path segment, or none
const SLASH = 47;

/** A route parameter with any name and constraint: `:id`, `:id(\\d+)`. */
const PARAMETER = /^:\w+(?:\([^)]*\))?/;

export type TextMatcher = (text: string) => boolean;

/**
 * Compiles a pattern with `*` (any characters, slashes included) and, in paths, `:name` (one whole segment). A trailing
 * `/*` also matches the bare path. Matching takes linear time whatever the pattern: it follows all alternatives at once
 * instead of backtracking.
 */
export function compileGlob(pattern: string, kind: 'path' | 'name'): TextMatcher {
  const bare = kind === 'path' && pattern.length > 2 && pattern.endsWith('/*') ? pattern.slice(0, -2) : undefined;
  const whole = compileTokens(tokensOf(pattern, kind));
  if (bare === undefined) return whole;
  const withoutRest = compileTokens(tokensOf(bare, kind));
  return (text) => whole(text) || withoutRest(text);
}

function tokensOf(pattern: string, kind: 'path' | 'name'): number[] {
  const tokens: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const code = pattern.charCodeAt(at);
    const parameter =
      kind === 'path' && pattern[at] === ':' && pattern[at - 1] === '/' ? PARAMETER.exec(pattern.slice(at)) : null;
    if (parameter) {
      tokens.push(IN_SEGMENT, SEGMENT_REST);
      at += parameter[0].length - 1;
    } else if (pattern[at] === '*') {
      if (tokens.at(-1) !== ANY) tokens.push(ANY);
    } else tokens.push(code);
  }
  return tokens;
}

function compileTokens(tokens: number[]): TextMatcher {
  const wildcard = tokens.findIndex((token) => token < 0);
  if (wildcard === -1) {
    const exact = String.fromCharCode(...tokens);
    return (text) => text === exact;
  }
  const prefix = String.fromCharCode(...tokens.slice(0, wildcard));
  const after = tokens.slice(wildcard + 1);
  if (tokens[wildcard] === ANY && after.every((token) => token >= 0)) {
    const suffix = String.fromCharCode(...after);
    const minLength = prefix.length + suffix.length;
    return (text) => text.length >= minLength && text.startsWith(prefix) && text.endsWith(suffix);
  }
  const rest = compileWalk(tokens.slice(wildcard));
  return (text) => text.startsWith(prefix) && rest(text, prefix.length);
}

/** Tracks the set of token positions that the text read so far can have reached. */
function compileWalk(tokens: number[]): (text: string, from: number) => boolean {
  const last = tokens.length;
  let reached = new Uint8Array(last + 1);
  let next = new Uint8Array(last + 1);

  const enter = (set: Uint8Array, position: number): void => {
    set[position] = 1;
    while (position < last && (tokens[position] === ANY || tokens[position] === SEGMENT_REST)) set[++position] = 1;
  };

  return (text, from) => {
    reached.fill(0);
    enter(reached, 0);
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      let alive = false;
      next.fill(0);
      for (let position = 0; position < last; position++) {
        if (reached[position] === 0) continue;
        const token = tokens[position];
        const stays = token === ANY || (token === SEGMENT_REST && code !== SLASH);
        if (stays) enter(next, position);
        else if (token === code || (token === IN_SEGMENT && code !== SLASH)) enter(next, position + 1);
        else continue;
        alive = true;
      }
      if (!alive) return false;
      [reached, next] = [next, reached];
    }
    return reached[last] === 1;
  };
}
