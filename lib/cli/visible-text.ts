/**
 * Makes external text safe to print on one line of a terminal: control characters, which could move the cursor, change
 * the title or hide other text, are shown as `\u001b`.
 */
export function visibleText(text: string, maxLength = 160): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === '\n' || character === '\t'
      ? ' '
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 1)}…` : shown;
}
