import type { Severity } from '../../language/model/finding.ts';

/** The most severe first. */
export const severityOrder: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };
