export const graphics = 'canvaskit-wasm/bin/canvaskit.wasm';

/** Files of packages that drawing pixels asks for, beside fonts. */
export const rasterizerFiles: readonly string[] = [graphics];
