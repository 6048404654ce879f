/** Ports of the applications of this process. */
export const ports: number[] = [];
