/** Why a pack cannot be written or read: one sentence, for whoever asked for it. */
export class PackFault extends Error {}
