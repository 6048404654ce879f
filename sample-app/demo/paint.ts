import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colors a string, if the stream is a terminal that supports colors. */
export type Paint = (style: Style, text: string) => string;

export function paintFor(stream: NodeJS.WriteStream): Paint {
  const colours = stream.isTTY && !process.env.NO_COLOR;
  return (style, text) => (colours ? styleText(style, text) : text);
}
