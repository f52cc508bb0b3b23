import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { addFact, placeOf, shortfall, shown } from '../assessment/remark.ts';
import { declareFixes, each, system, type RuleContext, type RulePart, type SystemPart } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';

type Analysis = DeclarationTypes['RecordAnalysis'];

export interface AnalysisOptions {
  readonly row: string;
  /** What records it looks at, as `analysis … of` says and as people say: `incidents`. */
  readonly subject: Analysis['subject'];
  /** Months between analyses where neither the model, the configuration nor the catalogue says so. */
  readonly otherwise?: number;
  /** What the latest analysis has to say. */
  readonly facts: readonly AnalysisFact[];
}

export interface AnalysisFact {
  readonly said: (analysis: Analysis) => boolean;
  /** Completing “it does not say …”: `what the figures show`. */
  readonly what: string;
  /** The line that would say it, with placeholders numbered from 1. */
  readonly line: string;
  /** The line is offered only with a whole analysis: by itself its placeholder would pass for an answer, such as a volume of 0. */
  readonly onlyInScaffold?: true;
}

/** The latest analysis of records that was performed, or else one that is declared. */
export function latestAnalysis(subject: Analysis['subject'], { model, asOf }: RuleContext): Analysis | undefined {
  const performedOn = ({ performed }: Analysis): string => {
    const date = dateOf(performed);
    return date !== undefined && date <= asOf ? date : '';
  };
  return model
    .all('RecordAnalysis')
    .filter((analysis) => analysis.subject === subject)
    .sort((a, b) => (performedOn(a) > performedOn(b) ? -1 : performedOn(a) < performedOn(b) ? 1 : 0))[0];
}

/** Asks for an analysis of records within its interval, and for what the latest one has to say. */
export function analysed({ row, subject, otherwise, facts }: AnalysisOptions): SystemPart {
  return system((context) => {
    const latest = latestAnalysis(subject, context);
    const planned = context.plannedInterval(row, otherwise);
    const words = subject.replace('-', ' ');
    if (!latest) {
      let number = 2;
      const lines = ['performed ${1:0000-00-00}', ...facts.map(({ line }) => line)].map((line) => line.replace(/\$\{\d+:/g, () => `\${${number++}:`));
      return [
        shortfall(`No analysis of ${words} is declared; one is due ${planned.words}.`, {
          axis: 'evidenced',
          fixes: declareFixes(context, { title: `Declare an analysis of ${words}`, text: `analysis \${1:analysis-of-${subject}} of ${subject} {\n${lines.map((line) => `  ${line}\n`).join('')}}` }),
        }),
      ];
    }
    const performed = dateOf(latest.performed);
    if (performed === undefined || performed > context.asOf) {
      const said = performed === undefined ? 'does not say when it was performed' : `is to be performed on ${performed}, and none was before`;
      return [shortfall(`The analysis ${named(latest)} ${said}.`, { place: placeOf(latest, 'performed'), axis: 'evidenced', fixes: latest.performed === undefined ? [addFact('Say when it was performed', placeOf(latest), 'performed ${1:0000-00-00}')] : [] })];
    }
    const due = intervalAfter(performed, latest.every, planned.months);
    const remarks = [...stated(latest, 'The analysis', facts.map(({ said, what, line, onlyInScaffold }) => ({ said: said(latest), what, ...(onlyInScaffold ? {} : { line }) })), 'evidenced')];
    if (due === undefined || due < context.asOf) {
      const interval = latest.every === undefined ? planned.words : `every ${latest.every}`;
      remarks.push(shortfall(`The latest analysis of ${words}, ${named(latest)}, was performed on ${performed}; by its interval (${interval}) the next was due${due === undefined ? '' : ` on ${due}`}.`, { place: placeOf(latest, 'performed'), axis: 'evidenced' }));
    }
    return remarks.length > 0 ? remarks : [shown('evidenced')];
  });
}

export interface EachAnalysisOptions {
  readonly subject: Analysis['subject'];
  /** What every analysis that was performed has to say. */
  readonly wanted: (analysis: Analysis, context: RuleContext) => readonly Wanted[];
}

/** Asks of every analysis that was performed what it has to say, and that there is one. */
export function eachAnalysis({ subject, wanted }: EachAnalysisOptions): readonly RulePart[] {
  const isPerformed = ({ performed }: Analysis, asOf: string): boolean => {
    const date = dateOf(performed);
    return date !== undefined && date <= asOf;
  };
  return [
    system((context) => {
      if (context.model.all('RecordAnalysis').some((analysis) => analysis.subject === subject && isPerformed(analysis, context.asOf))) return [];
      const words = subject.replace('-', ' ');
      return [
        shortfall(`No analysis of ${words} was performed, so nothing is concluded from them.`, {
          axis: 'evidenced',
          fixes: declareFixes(context, {
            title: `Declare an analysis of ${words} and what follows from it`,
            text: `analysis \${1:analysis-of-${subject}} of ${subject} {\n  performed \${2:0000-00-00}\n  period \${3:0000-00}\n  trends "\${4:TODO what the figures show}"\n  conclusion "\${5:TODO what follows from it}"\n  action "\${6:TODO what is done}" owner \${7:TODO} due \${8:0000-00-00}\n}`,
          }),
        }),
      ];
    }),
    ...each('RecordAnalysis', {
      where: (analysis) => analysis.subject === subject,
      none: null,
      check: (analysis, context) => {
        if (!isPerformed(analysis, context.asOf)) return [];
        const remarks = stated(analysis, 'The analysis', wanted(analysis, context), 'evidenced');
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ];
}
