/** What the value itself holds, looked up before the time is taken: listing its keys may take long. */
export let texts = { only: 'none' };
export let text = 'no text';

export function lookUpTexts(value) {
  text = firstText(value) ?? 'no text';
  texts = {};
  let count = 0;
  try {
    if (typeof value === 'object' && !(value instanceof Error)) {
      for (const key in value) {
        if (count++ === 1000) break;
        texts[key] = typeof value[key] === 'string' ? value[key] : text;
      }
    }
  } catch {
    // a proxy or a getter that throws
  }
  if (count === 0) texts = { only: text };
}

function firstText(value) {
  if (typeof value === 'string') return value;
  try {
    if (value instanceof Error) return String(value.message);
    for (const key in value) return typeof value[key] === 'string' ? value[key] : undefined;
  } catch {
    // a proxy or a getter that throws
  }
  return undefined;
}
