import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes, Mapping } from '../../language/model/declarations.ts';
import type { Fix } from '../../language/model/finding.ts';
import { isFilledIn } from './filled-in.ts';
import { note, notApplicable, placeOf, shortfall, shown, unknown, type Remark } from './remark.ts';
import { declareFixes, each, query, system, type RecordCheck, type RecordsPart, type RuleContext } from './rule.ts';
import { listed, named, quantityOf } from './wording.ts';

/** One thing that a row asks of all records of a kind, and how to say that some fall short. */
export interface RecordDemand {
  /** Unique within the row. */
  readonly name: string;
  readonly where?: string;
  readonly meets: string;
  readonly fields: readonly string[];
  /** Whom it speaks of, in the plural: `closed incidents`. */
  readonly of: string;
  /** What those that fall short lack, completing “3 of 40 closed incidents …”: `have no time of restoration`. */
  readonly lacks: string;
  /** Why the row does not apply if it speaks of no record. */
  readonly withoutRecords?: string;
  /** Those that fall short are listed as information: they are no gap. */
  readonly onlyListed?: boolean;
  /** The percentage of records that may fall short where the project does not say how many: a default of this product. Left out: none. */
  readonly toleratedPercent?: number;
}

export interface RecordsOptions {
  readonly row: string;
  readonly kind: string;
  /** The records in the plural, as people say: `incidents`. */
  readonly plural: string;
  readonly demands: (context: RuleContext) => readonly RecordDemand[];
  /** Whether a source may be left out because the same may be declared in the model. */
  readonly optional?: boolean;
}

/** Fields that the sources of a kind map, of several sources those that all map; of no source nothing is known. */
const mappedFields = query('fields that sources map', ({ model }) => {
  const found: Record<string, readonly string[]> = {};
  for (const { recordKind, mappings } of model.all('Source')) {
    const own = mappings.filter(isMapped).map(({ field }) => field);
    found[recordKind] = found[recordKind]?.filter((field) => own.includes(field)) ?? own;
  }
  return found;
});

/**
 * That one of several fields is filled in: of those that the sources map, so that a source need not map all of them. If none is mapped,
 * each of them would do.
 */
export function someField(kind: string, fields: readonly string[], context: RuleContext): { readonly meets: string; readonly fields: readonly string[] } {
  const mapped = fields.filter((field) => context.read(mappedFields)[kind]?.includes(field));
  const known = mapped.length > 0 ? mapped : fields;
  const meets = known.map((field) => `${field} is not empty`).join(' or ');
  return { meets: known.length === 1 ? meets : `(${meets})`, fields: known };
}

/** Whether all sources of a kind map a field, and there are some. */
export function isFieldMapped(kind: string, field: string, context: RuleContext): boolean {
  return context.read(mappedFields)[kind]?.includes(field) ?? false;
}

/** Fields that measurement derives by itself: no source has to map them. */
const derivedFields: ReadonlySet<string> = new Set(['past-due', 'as-of', 'record-key']);

/** The gap that no source brings records of a kind. */
export function noSource(kind: string, plural: string, context: RuleContext): Remark {
  return shortfall(`No source brings ${plural}, so what happened to them is unknown. Declare a source of them, over an export of the tool that keeps them.`, {
    fixes: declareFixes(context, { title: `Declare a source of ${plural}`, text: sourceScaffold(kind, plural) }),
  });
}

/**
 * Checks of all records of a kind. What cannot be told is said where it is missing: no source of the kind, a field that a source does
 * not map. Records that fall short give one finding a source and check: how many of how many, and the first keys.
 */
export function everyRecord({ row, kind, plural, demands, optional = false }: RecordsOptions): RecordsPart {
  const isOfKind = (source: DeclarationTypes['Source']): boolean => source.recordKind === kind;
  const checkOf = (demand: RecordDemand): RecordCheck => ({
    id: `${row}/${demand.name}`,
    recordKind: kind,
    ...(demand.where === undefined ? {} : { where: demand.where }),
    meets: demand.meets,
    fields: demand.fields,
  });
  return {
    demand: { recordKind: kind, checks: (context) => demands(context).map(checkOf) },
    parts: [
      system((context) => {
        return optional || context.model.all('Source').some(isOfKind) ? [] : [noSource(kind, plural, context)];
      }),
      ...each('Source', {
        where: isOfKind,
        none: null,
        check: (source, context) => checkSource(source, demands(context), { row, plural }, context),
      }),
    ],
  };
}

function checkSource(source: DeclarationTypes['Source'], demands: readonly RecordDemand[], { row, plural }: { row: string; plural: string }, context: RuleContext): readonly Remark[] {
  const place = placeOf(source);
  const { missing, remarks } = checkMapped(source, demands.flatMap(({ fields }) => fields), { row, plural });
  const answerable = demands.filter(({ fields }) => !fields.some((field) => missing.includes(field)));
  const measured = context.measurements;
  if (!measured) {
    if (answerable.length > 0) remarks.push(unknown('evidenced', 'nothing has been measured yet'), unknown('effective', 'nothing has been measured yet'));
    return remarks;
  }
  const summary = measured.source(source.name);
  if (summary && summary.records > 0) remarks.push(shown('evidenced'));
  else remarks.push(unknown('evidenced', summary ? `source ${source.name} holds no ${plural}` : `source ${source.name} could not be read`));
  for (const demand of answerable) {
    const result = measured.ofCheck(`${row}/${demand.name}`).find((candidate) => candidate.source === source.name);
    if (!result || result.population === undefined || result.shortfall === undefined) {
      remarks.push(unknown('effective', `source ${source.name} gave no answer`));
      continue;
    }
    if (result.population === 0) {
      remarks.push(demand.withoutRecords === undefined ? unknown('effective', `source ${source.name} holds no ${demand.of}`) : notApplicable(demand.withoutRecords));
      continue;
    }
    if (result.shortfall === 0) {
      remarks.push(shown('effective'));
      continue;
    }
    const keys = result.firstKeys.length > 0 ? `: ${result.firstKeys.slice(0, 5).join(', ')}${result.shortfall > Math.min(5, result.firstKeys.length) ? ', …' : ''}` : '';
    const message = `${quantityOf(result.shortfall, result.population, demand.of)} ${demand.lacks}${keys}${keys.endsWith('…') ? '' : '.'}`;
    const tolerated = context.tolerated(row, result.population);
    const usual = Math.floor((result.population * (demand.toleratedPercent ?? 0)) / 100);
    if (demand.onlyListed) remarks.push(note(message, { place }), shown('effective'));
    else if (result.shortfall <= tolerated) remarks.push(note(`${message} Tolerated by the project: up to ${tolerated}.`, { place }), shown('effective'));
    else if (tolerated === 0 && result.shortfall <= usual) remarks.push(shown('effective'));
    else remarks.push(shortfall(message, { place, axis: 'effective' }));
  }
  return remarks;
}

/** Which of the fields that are asked for a source does not map, and what to say of that. */
export function checkMapped(source: DeclarationTypes['Source'], fields: readonly string[], { row, plural }: { readonly row: string; readonly plural: string }): { readonly missing: readonly string[]; readonly remarks: Remark[] } {
  const mapped = new Set(source.mappings.filter(isMapped).map(({ field }) => field));
  const missing = [...new Set(fields)].filter((field) => !mapped.has(field) && !derivedFields.has(field));
  if (missing.length === 0) return { missing, remarks: [] };
  return {
    missing,
    remarks: [
      shortfall(`Source ${named(source)} maps no ${listed(missing.map((field) => `“${field}”`), 'or')}, so “${catalogue.row(row)?.title ?? row}” cannot be told of its ${plural}.`, { place: placeOf(source), fixes: missing.map((field) => mappingFix(source, field)) }),
      unknown('effective', `source ${source.name} does not map ${listed(missing, 'and')}`),
    ],
  };
}

/** A mapping whose column still is to be filled in maps nothing. */
function isMapped({ field, value }: Mapping): boolean {
  if (!value) return isFilledIn(field);
  switch (value.$type) {
    case 'TextLiteral':
      return isFilledIn(value.value);
    case 'ColumnName':
      return isFilledIn(value.name);
    default:
      return true;
  }
}

function mappingFix(source: DeclarationTypes['Source'], field: string): Fix {
  return { title: `Map “${field}”`, edits: [{ kind: 'addFact', place: placeOf(source), text: `map ${field} = "\${1:TODO column}"` }] };
}

function sourceScaffold(kind: string, plural: string): string {
  return `source ${kind}-records "${plural[0]!.toUpperCase()}${plural.slice(1)}" of ${kind} from "\${1:TODO file.csv}" {\n  dates iso\n  key \${2:id}\n}`;
}
