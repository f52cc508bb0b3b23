import manifest from '../../package.json' with { type: 'json' };

/** The product's version, as its package says. */
export const toolVersion: string = manifest.version;
