/** The data sent through one entry. */
export interface Plant {
  /** Harmless: shows what came through. */
  mark: string;
  /** A name that says its value is a secret. */
  key: string;
  /** The value under it. */
  word: string;
  /** The mark, followed by a secret that is recognised by its form. */
  text: string;
}

/** The plant as an application would hold it. */
export function record({ mark, key, word, text }: Plant) {
  return { note: mark, [key]: word, remark: text };
}
