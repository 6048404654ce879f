/** A file of this package, from which other packages are looked up. The build gives the ES copy one of its own. */
export const thisFile = __filename;
