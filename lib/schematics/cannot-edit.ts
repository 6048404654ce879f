/** Why a file is left as it is. */
export class CannotEdit extends Error {
  constructor(path: string, reason: string) {
    super(`${path.replace(/^\//, '')} ${reason}`);
    this.name = 'CannotEdit';
  }
}
