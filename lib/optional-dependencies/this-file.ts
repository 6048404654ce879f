/** A file of this package, from which other packages are resolved. The build gives the ES copy its own version. */
export const thisFile = __filename;
