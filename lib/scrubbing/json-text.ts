/** The parsed value where the text is a JSON object, list or text with escapes; undefined for anything else. */
export function parseDocument(text: string): object | string | undefined {
  const first = firstSign(text);
  if (first !== 123 && first !== 91 && !(first === 34 && text.includes('\\'))) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return (typeof parsed === 'object' && parsed !== null) || typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined; // cut off or no JSON: the rules for running text look at it
  }
}

function firstSign(text: string): number {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return text.charCodeAt(at);
}
