/** Answers what the client asks for its trees and its status bar. */
import { basename } from 'node:path';
import type { EntityKey } from '../../../language/model/declarations.ts';
import type { Project } from '../../project/project.ts';
import type { StatusResult, ViewFixesResult, ViewNode, ViewParams, ViewResult } from '../../protocol.ts';
import { pageAddress } from '../explaining-pages.ts';
import { lspRange } from '../positions.ts';
import type { OpenProject } from '../workspace.ts';
import { workspaceEdit, type EditHost } from '../workspace-edit.ts';
import { currentGraph } from '../impact.ts';
import { calendarView } from './calendar-view.ts';
import { fixesOfLine } from './clause-fixes.ts';
import { complianceView } from './compliance-view.ts';
import { impactView } from './impact-view.ts';
import { processesView } from './processes-view.ts';
import { countAxes, countsInWords, countStates, markOfState, rowViews, worst } from './requirement-marks.ts';
import { servicesView } from './services-view.ts';
import { joined, type ViewInput, type ViewItem } from './view-item.ts';

export function viewInput(project: Project): ViewInput {
  return {
    model: project.model,
    assessment: project.assessment(),
    measurements: project.measurements,
    asOf: project.asOf,
    severity: project.configuration.severity,
    certification: project.certification(),
  };
}

/** Projects that have texts: others have nothing to show. */
export function withTexts(projects: readonly OpenProject[]): readonly OpenProject[] {
  return projects.filter(({ project, isLoaded }) => isLoaded && project.files().length > 0);
}

/** The lines below one; of several projects each is a line of its own at the root. */
export function viewResult(all: readonly OpenProject[], params: ViewParams): ViewResult {
  const projects = withTexts(all);
  if (params.project !== undefined) {
    const named = projects.find(({ rootUri }) => rootUri === params.project);
    return { nodes: named ? linesOf(named, params) : [] };
  }
  // One view is about one declaration, and says of which project.
  if (params.view === 'impact') return { nodes: [] };
  const [only, other] = projects;
  if (!only) return { nodes: [] };
  return { nodes: other ? projects.map((opened) => projectNode(opened, params)) : linesOf(only, params) };
}

function linesOf(opened: OpenProject, { view, parent, subject, onlyGaps = false }: ViewParams): readonly ViewNode[] {
  if (view === 'impact') {
    const { project } = opened;
    const impact = { model: project.model, asOf: project.asOf, graph: currentGraph(project), restingOn: (key: EntityKey) => project.rowsRestingOn(key) };
    return impactView(impact, subject, parent).map((item) => nodeOf(opened, item));
  }
  const input = viewInput(opened.project);
  return itemsOf(input, view, parent, onlyGaps).map((item) => nodeOf(opened, item));
}

function itemsOf(input: ViewInput, view: Exclude<ViewParams['view'], 'impact'>, parent: string | undefined, onlyGaps: boolean): readonly ViewItem[] {
  switch (view) {
    case 'compliance':
      return complianceView(input, parent, onlyGaps);
    case 'services':
      return servicesView(input, parent);
    case 'processes':
      return processesView(input, parent);
    case 'calendar':
      return calendarView(input, parent);
  }
}

function nodeOf(opened: OpenProject, { place, code, context, ...item }: ViewItem): ViewNode {
  const location = place && opened.project.model.locate(place);
  const page = code === undefined ? undefined : pageAddress(code);
  return {
    ...item,
    project: opened.rootUri,
    context: page === undefined ? context : `${context} page`,
    ...(location ? { target: { uri: opened.uriOf(location.file), range: lspRange(location.range) } } : {}),
    ...(page === undefined ? {} : { page }),
  };
}

function titleOf({ project, folder }: OpenProject): string {
  return project.model.all('Organization')[0]?.title ?? basename(folder);
}

function projectNode(opened: OpenProject, { view }: ViewParams): ViewNode {
  const label = titleOf(opened);
  const states = view === 'compliance' ? countStates(rowViews(viewInput(opened.project)).values()) : undefined;
  const mark = states && markOfState(worst(states));
  const description = joined(basename(opened.folder) === label ? undefined : basename(opened.folder), states && countsInWords(states));
  return { id: '', project: opened.rootUri, label, description, icon: mark?.icon ?? 'root-folder', ...(mark?.color === undefined ? {} : { color: mark.color }), context: 'project', spoken: joined(label, mark?.words, description), hasChildren: true, isExpanded: true };
}

/** @param opened the project that is meant, if any has texts */
export function statusResult(all: readonly OpenProject[], opened: OpenProject | undefined): StatusResult {
  const projects = withTexts(all);
  const shown = opened && projects.includes(opened) ? opened : projects[0];
  if (!shown) return { ...noStatus, projects: 0 };
  const input = viewInput(shown.project);
  const states = countStates(rowViews(input).values());
  return {
    projects: projects.length,
    title: titleOf(shown),
    asOf: input.asOf,
    isMeasured: input.measurements !== undefined,
    gaps: { error: states.error, warning: states.warning, information: states.information },
    rows: { all: input.assessment.requirements.length, accepted: states.accepted, later: states.later, notApplicable: states.notApplicable, unchecked: states.unchecked },
    axes: countAxes(input.assessment.requirements),
  };
}

const noCounts = countAxes([]);
const noStatus: Omit<StatusResult, 'projects'> = { title: '', asOf: '', isMeasured: false, gaps: { error: 0, warning: 0, information: 0 }, rows: { all: 0, accepted: 0, later: 0, notApplicable: 0, unchecked: 0 }, axes: noCounts };

/** What can be scaffolded for a line of the Compliance view. */
export function viewFixes(host: EditHost, opened: OpenProject, id: string): ViewFixesResult {
  return { fixes: fixesOfLine(opened.project, viewInput(opened.project), id).map(({ title, edits }) => ({ title, edit: workspaceEdit(host, opened, edits, true) })) };
}
