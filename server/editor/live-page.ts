/** Pages that stand beside the text and follow it: the dashboard, and the preview of what is under the cursor. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { EntityKey } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { declarationAt } from '../../language/model/fragment-builder.ts';
import { sinceBaseline } from '../project/compare-revisions.ts';
import type { DashboardParams, LivePage, PreviewParams, PreviewResult } from '../protocol.ts';
import type { Document } from '../reports/blocks.ts';
import { titleOf } from '../reports/facts/names.ts';
import { narrowed, type Narrowing } from '../reports/narrowing.ts';
import type { Chosen } from '../reports/parameters.ts';
import { findReport } from '../reports/registry.ts';
import { renderEditorPage } from '../reports/renderers/html.ts';
import { serialize } from '../reports/renderers/markup.ts';
import { controlsStyle, renderControls, type PageChoice } from '../reports/renderers/page-controls.ts';
import type { ReportDefinition, ReportInput } from '../reports/report.ts';
import type { Words } from '../reports/words/words.ts';
import type { OpenProject } from './workspace.ts';

export async function dashboardPage(opened: OpenProject, asked: DashboardParams['narrowing'] = {}): Promise<LivePage> {
  const input = { ...(await opened.project.reportInput()), ...(await sinceBaseline(opened.project)) };
  const narrowing = known(input.model, asked);
  return livePage(opened, reportNamed('dashboard').build(narrowed(input, narrowing)), renderControlsOf(input, narrowing));
}

function renderControlsOf(input: ReportInput, narrowing: Narrowing): string {
  return serialize(renderControls(choices(input, narrowing), input.words));
}

function livePage(opened: OpenProject, document: Document, before = ''): LivePage {
  const page = renderEditorPage(document);
  return { ...page, html: `${before}${page.html}`, style: `${page.style}${controlsStyle}`, asOf: opened.project.asOf, root: opened.rootUri };
}

function reportNamed(id: string): ReportDefinition {
  const definition = findReport(id);
  if (!definition) throw new ResponseError(ErrorCodes.InternalError, `There is no report “${id}”.`);
  return definition;
}

/** What is asked for may be gone from the text meanwhile. */
function known(model: Model, { service, customer, clause, owner }: Narrowing): Narrowing {
  return {
    ...(model.find('Service', service) ? { service } : {}),
    ...(model.find('Customer', customer) ? { customer } : {}),
    ...(clause !== undefined && model.find('Requirement', `iso20000:${clause}`) ? { clause } : {}),
    ...(model.find('Party', owner) ? { owner } : {}),
  };
}

function choices({ model, catalogue, words }: ReportInput, chosen: Narrowing): readonly PageChoice[] {
  const named = (declarations: readonly { readonly name: string; readonly title?: string }[]): PageChoice['options'] =>
    declarations.map((one) => ({ id: one.name, title: titleOf(one) })).toSorted((a, b) => collatorOf(words).compare(a.title, b.title));
  return [
    { id: 'service', label: words.say('Service'), all: words.say('All services'), options: named(model.all('Service')), ...picked(chosen.service) },
    { id: 'customer', label: words.say('Customer'), all: words.say('All customers'), options: named(model.all('Customer')), ...picked(chosen.customer) },
    { id: 'clause', label: words.say('Clause'), all: words.say('All clauses'), options: catalogue.clauses.map(({ clause, title }) => ({ id: clause, title: `${clause} ${title}` })), ...picked(chosen.clause) },
    { id: 'owner', label: words.say('Owner'), all: words.say('All owners'), options: named([...model.all('Role'), ...model.all('Person'), ...model.all('Team')]), ...picked(chosen.owner) },
  ];
}

function picked(chosen: string | undefined): { readonly chosen?: string } {
  return chosen === undefined ? {} : { chosen };
}

function collatorOf(words: Words): Intl.Collator {
  return new Intl.Collator(words.language);
}

/** Which report prints a declaration of a type; it takes the id under the same name. */
const printedBy = { Process: 'process-handbook', Agreement: 'agreement' } as const;
type Printed = keyof typeof printedBy;

function isPrinted(type: string | undefined): type is Printed {
  return type !== undefined && type in printedBy;
}

/** The process or agreement that a line of the text lies in, as its document will print it; else the one that was shown. */
export async function previewPage(opened: OpenProject, file: string, { line, shown }: PreviewParams): Promise<PreviewResult> {
  const { model } = opened.project;
  const fragment = model.fragment(file);
  const here = fragment && declarationAt(fragment, line)?.entity;
  const node = isPrinted(here?.node.$type) ? here?.node : shown === undefined ? undefined : model.entity(shown as EntityKey)?.node;
  if (node?.$type !== 'Process' && node?.$type !== 'Agreement') return {};
  const chosen: Chosen = node.$type === 'Process' ? { process: node.name } : { agreement: node.name };
  const document = reportNamed(printedBy[node.$type]).build({ ...(await opened.project.reportInput()), ...chosen });
  return { page: livePage(opened, document), subject: node.$key };
}
