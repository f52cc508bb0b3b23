/** The project's configuration, `itsms.config.json`. A bad one gives findings where it is bad; what is good in it counts. */
import { z } from 'zod';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Finding, Severity } from '../../language/model/finding.ts';
import { isDate, type IsoDate } from '../../language/values/date.ts';
import { nearest } from '../../language/values/nearest.ts';
import type { CertificationSettings } from '../assessment/certification-findings.ts';
import { papers, type Paper } from '../reports/blocks.ts';
import { contrastToWhite, leastContrast } from '../reports/colour-contrast.ts';
import { documentLanguages, type DocumentLanguage } from '../reports/words/languages.ts';
import { configurationFile } from './configuration-file.ts';
import { placeOf, readJson, type JsonPath } from './json-places.ts';

const requirement = z
  .string()
  .regex(/^\d+(\.\d+)*(\.[a-z0-9]+|#\d+)?$/, 'A clause (8.3.3), a statement (8.3.3#1) or a row (8.3.3.1) is needed here.')
  .meta({ description: 'A clause, a statement or a row of the catalogue: 8.3.3, 8.3.3#1, 8.3.3.1' });

const interval = z.string().regex(/^[1-9]\d{0,2}(mo|y)$/, 'An interval is a number of months or years, such as 6mo or 1y.');

const shortText = z.string().trim().min(1).max(200, 'At most 200 characters are shown here.');

/** The form of `itsms.config.json`; published as JSON Schema. */
export const configurationSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'The schema of this file, for editors' }),
    asOf: z
      .string()
      .refine(isDate, 'A date is written year-month-day, such as 2026-11-10.')
      .optional()
      .meta({ description: 'The date that everything which depends on today takes, so that results repeat. Left out: today', format: 'date' }),
    severity: z
      .partialRecord(requirement, z.enum(['error', 'warning', 'information', 'hint'], 'A severity is error, warning, information or hint. A requirement is not switched off here: use `waive` in the model.'))
      .optional()
      .meta({ description: 'How severe findings about a requirement are, in place of what the catalogue suggests' }),
    tolerance: z
      .partialRecord(requirement, z.int().min(0).or(z.string().regex(/^\d{1,3}(\.\d{1,6})?%$/)))
      .optional()
      .meta({ description: 'How many records may fall short of a requirement before it counts: a number, or a share such as "0.5%". None unless stated' }),
    intervals: z
      .partialRecord(requirement, interval)
      .optional()
      .meta({ description: 'How often what is done at planned intervals is done where the model plans nothing, in place of the default of this product: "9.2.1": "6mo"' }),
    certification: z
      .strictObject({ systemCheck: interval, surveillance: interval, reassessment: interval, announce: interval })
      .partial()
      .optional()
      .meta({ description: 'The certification calendar: how often the system is checked (6mo), surveyed (1y) and assessed anew (3y), and how long before a day it is announced (2mo)' }),
    guidance: z.boolean().optional().meta({ description: 'Whether recommendations are checked too, as information: what is good practice beside the requirements. Left out: no' }),
    baseline: z
      .string()
      .max(200)
      .regex(/^(?!-)[^\s\p{Cc}]+$/u, 'A tag, a branch or a commit is needed here; with * in it the newest tag that fits.')
      .optional()
      .meta({ description: 'The state since which the dashboard tells what changed: a tag, a branch or a commit; with * in it the newest tag that fits, such as "approved-*"' }),
    documents: z
      .strictObject({
        language: z.enum(documentLanguages, 'Documents are written in en or de.').meta({ description: 'The language of the fixed texts, numbers and dates of documents: en (default), de' }),
        name: shortText.meta({ description: 'The name of the organization on its documents, in place of the title that the model gives it' }),
        paper: z.enum(papers, 'Paper is A4 or Letter.').meta({ description: 'What documents are printed on: A4, Letter; left out: the choice of who prints, and A4 in formats that have to know' }),
        logo: z.string().min(1).max(1000).meta({ description: 'A PNG or JPEG picture in the project: "images/logo.png"' }),
        colours: z
          .strictObject({ accent: z.string().regex(/^#[0-9a-fA-F]{6}$/, 'A colour is written as six hexadecimal digits, such as "#0b4f94".').meta({ description: 'Of the rules above sections: "#0b4f94". Dark enough to be read on white' }) })
          .partial()
          .meta({ description: 'Colours of the organization. Those of statuses are always the same' }),
        cover: z.boolean().meta({ description: 'Whether documents begin with a page of their own for their title; left out: long ones do' }),
        footer: shortText.meta({ description: 'Stands at the foot of each page, before where the figures come from: "Confidential"' }),
      })
      .partial()
      .optional()
      .meta({ description: 'How documents look and read' }),
    evidenceValidity: interval.optional().meta({ description: 'How long evidence and attestations hold that do not say so themselves: "1y", the default' }),
  })
  .meta({ title: 'Configuration of an ITSMS project' });

export interface Configuration {
  readonly asOf?: IsoDate;
  /** By clause, statement or row; the narrowest that fits counts. */
  readonly severity: Readonly<Record<string, Severity>>;
  /** By clause, statement or row: a number of records, or a share such as `0.5%`. */
  readonly tolerance: Readonly<Record<string, number | string>>;
  /** By clause, statement or row: months. */
  readonly intervals: Readonly<Record<string, number>>;
  /** In months. */
  readonly evidenceMonths?: number;
  readonly guidance: boolean;
  /** A tag, a branch or a commit; with `*` in it the newest tag that fits. */
  readonly baseline?: string;
  /** In months. */
  readonly certification: CertificationSettings;
  readonly documents: DocumentSettings;
}

/** How documents look and read. */
export interface DocumentSettings {
  readonly language: DocumentLanguage;
  readonly name?: string;
  readonly paper?: Paper;
  /** A file of the project, not read yet. */
  readonly logo?: string;
  readonly accent?: string;
  readonly cover?: boolean;
  readonly footer?: string;
}

const defaultDocuments: DocumentSettings = { language: 'en' };

export const defaultConfiguration: Configuration = { severity: {}, tolerance: {}, intervals: {}, certification: {}, guidance: false, documents: defaultDocuments };

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly findings: readonly Finding[];
}

export function readConfiguration(text: string): ReadConfiguration {
  const json = readJson(text);
  if ('problem' in json) {
    return { configuration: defaultConfiguration, findings: [finding(`${json.problem.message} The configuration was not used.`, json.problem.range)] };
  }
  const findings: Finding[] = [];
  const report = (message: string, path: JsonPath): void => void findings.push(finding(message, placeOf(json, path)));

  // What is at fault is left out, and the rest tried again: one bad entry does not cost the others.
  let value = json.value;
  let parsed = configurationSchema.safeParse(value);
  for (let round = 0; !parsed.success && round < 100; round++) {
    for (const issue of parsed.error.issues) {
      for (const { path, message } of faults(issue)) report(message, path);
      for (const { path } of faults(issue)) value = without(value, path);
    }
    parsed = configurationSchema.safeParse(value);
  }
  if (!parsed.success) return { configuration: defaultConfiguration, findings };
  const { asOf, severity = {}, tolerance = {}, intervals = {}, certification = {}, guidance = false, baseline, documents = {}, evidenceValidity } = parsed.data;
  for (const [property, entries] of [['severity', severity], ['tolerance', tolerance], ['intervals', intervals]] as const) {
    for (const id of Object.keys(entries)) if (!isKnown(id)) report(`The catalogue has no clause, statement or row “${id}”.`, [property, id]);
  }
  return {
    configuration: {
      ...(asOf !== undefined && isDate(asOf) ? { asOf } : {}),
      ...(evidenceValidity === undefined ? {} : { evidenceMonths: months(evidenceValidity) }),
      severity: defined(severity),
      tolerance: defined(tolerance),
      guidance,
      ...(baseline === undefined ? {} : { baseline }),
      documents: documentSettings(documents, report),
      certification: Object.fromEntries(Object.entries(defined(certification)).map(([name, text]) => [name, months(text)])),
      intervals: Object.fromEntries(Object.entries(defined(intervals)).map(([id, text]) => [id, months(text)])),
    },
    findings,
  };
}

type WrittenDocuments = NonNullable<z.infer<typeof configurationSchema>['documents']>;

function documentSettings({ colours, ...plain }: WrittenDocuments, report: (message: string, path: JsonPath) => void): DocumentSettings {
  const settings: DocumentSettings = { ...defaultDocuments, ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) };
  const accent = colours?.accent?.toLowerCase();
  if (accent === undefined) return settings;
  const contrast = contrastToWhite(accent);
  if (contrast >= leastContrast) return { ...settings, accent };
  // Cut, not rounded: what is nearly enough is not.
  report(`The contrast of ${accent} to white is ${Math.trunc(contrast * 10) / 10}:1, and ${leastContrast}:1 is the least that can be read well: take a darker colour.`, ['documents', 'colours', 'accent']);
  return settings;
}

interface Fault {
  readonly path: JsonPath;
  readonly message: string;
}

function faults(issue: z.core.$ZodIssue): readonly Fault[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const suggestion = nearest(key, Object.keys(configurationSchema.shape));
        return { path: [...path, key], message: `There is no setting “${key}”${suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`}` };
      });
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? issue.message }];
    default:
      return [{ path, message: path[0] === 'tolerance' && path.length > 1 ? 'A tolerance is a number of records (3) or a share of them ("0.5%").' : issue.message }];
  }
}

function without(value: unknown, path: JsonPath): unknown {
  const [first, ...rest] = path;
  if (first === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(([name]) => name !== String(first) || rest.length > 0);
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === String(first) ? without(inner, rest) : inner]));
}

function isKnown(id: string): boolean {
  return catalogue.clause(id) !== undefined || catalogue.row(id) !== undefined || catalogue.statements.has(id);
}

function defined<T>(entries: Partial<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** Of an interval such as `6mo` or `1y`. */
function months(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('y') ? 12 : 1);
}

/** A finding at an entry of the configuration, about what its text alone does not say. */
export function configurationFinding(text: string, message: string, path: JsonPath): Finding {
  const json = readJson(text);
  return finding(message, 'problem' in json ? json.problem.range : placeOf(json, path));
}

function finding(message: string, range: ReturnType<typeof placeOf>): Finding {
  return { code: 'configuration', severity: 'error', message, place: { file: configurationFile, ...(range ? { range } : {}) }, requirements: [], related: [], fixes: [] };
}
