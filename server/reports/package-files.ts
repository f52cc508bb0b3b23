/**
 * Reads a file of a package that is delivered with the program, such as a font: `@fontsource/source-sans-3/unicode.json`.
 * Renderers know no disk; who calls them gives them this.
 *
 * @throws Error where the file is not among those delivered
 */
export type ReadPackageFile = (path: string) => Promise<Uint8Array>;
