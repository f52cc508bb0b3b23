/** The Services view: service → agreements with customers → targets with their last figure; what it depends on, and who provides it. */
import type { Agreement, Service } from '../../../language/model/declarations.ts';
import type { ProjectModel } from '../../../language/model/project-model.ts';
import { counted } from '../../assessment/wording.ts';
import { titleById, titleOf, titlesById } from '../../reports/facts/names.ts';
import { promises, type ServicePromise } from '../../reports/facts/targets.ts';
import { describeType } from '../../../language/references/link-check.ts';
import { plain } from '../markdown.ts';
import { compareStatus } from '../../reports/status.ts';
import { statusOf } from '../../reports/facts/figures.ts';
import type { Figure } from '../../measurement/figure.ts';
import { figureInWords, figuresOf, figureTooltip, joined, statedLimit, line, lines, marked, markOf, shownPeriod, type Mark, type ViewInput, type ViewItem } from './view-item.ts';

/** Ids are paths: `service:email`, `service:email/agreement:email-gold`, `service:email/providers`, … */
export function servicesView(input: ViewInput, parent: string | undefined): readonly ViewItem[] {
  const { model } = input;
  if (parent === undefined) return model.all('Service').map((service) => serviceItem(input, service));
  const [first, second, third, fourth] = parent.split('/');
  const service = model.get('Service', nameIn('service', first));
  if (!service || fourth !== undefined) return [];
  if (second === undefined) return inService(input, service, parent);
  if (second === 'dependencies' && third === undefined) return dependencies(model, service, parent);
  if (second === 'providers' && third === undefined) return providers(input, service, parent);
  const agreement = model.get('Agreement', nameIn('agreement', third ?? second));
  return agreement ? targets(input, agreement, parent) : [];
}

function nameIn(kind: string, segment: string | undefined): string | undefined {
  return segment?.startsWith(`${kind}:`) === true ? segment.slice(kind.length + 1) : undefined;
}

const byService = new WeakMap<readonly Agreement[], ReadonlyMap<string, readonly Agreement[]>>();

/** Agreements of every kind that name a service; looked up once for each list of agreements. */
function agreementsOf(model: ProjectModel, service: string): readonly Agreement[] {
  const all = model.all('Agreement');
  let known = byService.get(all);
  if (!known) {
    const index = new Map<string, Agreement[]>();
    for (const agreement of all) for (const name of new Set(agreement.services)) index.set(name, [...(index.get(name) ?? []), agreement]);
    byService.set(all, (known = index));
  }
  return known.get(service) ?? [];
}

function isWithCustomer({ type }: Agreement): boolean {
  return type === 'sla';
}

/** Of the figures of several agreements the one that needs attention first; undefined where there are no targets. */
function worstFigure(input: ViewInput, agreements: readonly Agreement[]): Figure | undefined {
  return agreements.flatMap((agreement) => worstOf(input, agreement) ?? []).toSorted((a, b) => compareStatus(statusOf(a), statusOf(b)))[0];
}

const worstByAgreement = new WeakMap<Agreement, { readonly measurements: ViewInput['measurements']; readonly worst: Figure | undefined }>();

/** Of an agreement that has not changed it is looked up once for what was measured once: there may be thousands. */
function worstOf(input: ViewInput, agreement: Agreement): Figure | undefined {
  const { measurements } = input;
  if (!measurements) return undefined;
  const known = worstByAgreement.get(agreement);
  if (known?.measurements === measurements) return known.worst;
  const worst = promises(input.model, agreement, shownPeriod(input))
    .flatMap((promise) => lastFigure(input, promise) ?? [])
    .toSorted((a, b) => compareStatus(statusOf(a), statusOf(b)))[0];
  worstByAgreement.set(agreement, { measurements, worst });
  return worst;
}

function lastFigure(input: ViewInput, { agreement, target }: ServicePromise): Figure | undefined {
  return figuresOf(input).series({ kind: 'target', agreement: agreement.name, target: target.name }, shownPeriod(input)).last;
}

function serviceItem(input: ViewInput, service: Service): ViewItem {
  const { model } = input;
  const agreements = agreementsOf(model, service.name);
  const withCustomers = agreements.filter(isWithCustomer);
  const figure = worstFigure(input, withCustomers);
  const item = {
    id: `service:${service.name}`,
    label: titleOf(service),
    description: joined(service.status, withCustomers.length > 0 ? counted(withCustomers.length, 'SLA') : 'no SLA'),
    tooltip: lines(`**${plain(titleOf(service))}**`, service.summary && plain(service.summary), service.owner && `Owner: ${plain(titleById(model, 'Party', service.owner))}`),
    context: 'service',
    hasChildren: agreements.length > 0 || service.dependencies.length > 0 || providerIds(model, service).length > 0,
    place: { entity: service.$key, path: ['name'] },
  };
  return figure ? marked({ ...markOf(figure), words: `worst of its targets: ${markOf(figure).words}` }, item) : line('server-process', item);
}

function inService(input: ViewInput, service: Service, parent: string): ViewItem[] {
  const { model } = input;
  const withCustomers = agreementsOf(model, service.name).filter(isWithCustomer);
  const needed = service.dependencies.flatMap(({ on }) => on);
  const provided = providers(input, service, parent);
  return [
    ...withCustomers.map((agreement) => agreementItem(input, agreement, parent)),
    ...(needed.length > 0 ? [group('type-hierarchy-sub', `${parent}/dependencies`, 'Depends on', needed.length)] : []),
    ...(provided.length > 0 ? [group('organization', `${parent}/providers`, 'Provided by', provided.length)] : []),
  ];
}

function group(icon: string, id: string, label: string, count: number): ViewItem {
  return line(icon, { id, label, description: String(count), context: 'group', hasChildren: true });
}

function agreementItem(input: ViewInput, agreement: Agreement, parent: string): ViewItem {
  const { model } = input;
  const figure = worstFigure(input, [agreement]);
  const other = agreement.customer === undefined ? (agreement.provider === undefined ? agreement.supplier : agreement.provider) : agreement.customer;
  const item = {
    id: `${parent}/agreement:${agreement.name}`,
    label: titleOf(agreement),
    description: joined(other === undefined ? undefined : `${agreement.type === 'ola' ? 'by' : 'with'} ${titleById(model, 'Party', other)}`, agreement.validTo === undefined ? undefined : `until ${agreement.validTo}`),
    tooltip: lines(`**${plain(titleOf(agreement))}**`, `${agreement.type === 'contract' ? 'Contract' : agreement.type.toUpperCase()} for ${plain(titlesById(model, 'Service', agreement.services))}`),
    context: 'agreement',
    hasChildren: agreement.targets.length > 0,
    place: { entity: agreement.$key, path: ['name'] },
  };
  return figure ? marked({ ...markOf(figure), words: `worst of its targets: ${markOf(figure).words}` }, item) : line('law', item);
}

function targets(input: ViewInput, agreement: Agreement, parent: string): ViewItem[] {
  return promises(input.model, agreement, shownPeriod(input)).map((promise) => {
    const figure = lastFigure(input, promise);
    const mark: Mark = figure ? markOf(figure) : { icon: 'target', words: '' };
    return marked(mark, {
      id: `${parent}/target:${promise.target.name}`,
      label: promise.name,
      description: joined(demandInWords(promise), figureInWords(figure, input.measurements !== undefined)),
      tooltip: figureTooltip(promise.subject, figure, input.measurements !== undefined),
      context: 'target',
      hasChildren: false,
      place: promise.place,
    });
  });
}

/** `at least 99.8%`; empty where the name says it all. */
function demandInWords({ target }: ServicePromise): string {
  if (target.share !== undefined) return statedLimit('>=', target.share);
  return statedLimit(target.comparison, target.value);
}

function dependencies(model: ProjectModel, service: Service, parent: string): ViewItem[] {
  return service.dependencies.flatMap(({ redundant, on }, index) =>
    on.map((id) => {
      const known = model.find('Component', id);
      return line(known?.name.type === 'Service' ? 'server-process' : 'server', {
        id: `${parent}/${index}:${id}`,
        label: known?.name.title ?? id,
        description: joined(known ? describeType(known.name.type) : 'not declared', redundant && on.length > 1 ? `any of ${on.length}` : undefined),
        context: 'dependency',
        hasChildren: false,
        ...(known ? { place: { entity: known.entity.key, path: known.name.path } } : { place: { entity: service.$key, path: ['dependencies', index] } }),
      });
    }),
  );
}

const suppliersOf = new WeakMap<readonly object[], ReadonlyMap<string, readonly string[]>>();

/** Who provides or operates a service: as the service says, or as suppliers say of themselves. */
function providerIds(model: ProjectModel, service: Service): readonly string[] {
  const suppliers = model.all('Supplier');
  let known = suppliersOf.get(suppliers);
  if (!known) {
    const index = new Map<string, string[]>();
    for (const { name, provides } of suppliers) for (const provided of provides) index.set(provided, [...(index.get(provided) ?? []), name]);
    suppliersOf.set(suppliers, (known = index));
  }
  return [...new Set([...service.providers, ...service.operators, ...(known.get(service.name) ?? [])])];
}

/** Contracts and operational level agreements, and providers with whom there is none. */
function providers(input: ViewInput, service: Service, parent: string): ViewItem[] {
  const { model } = input;
  const below = parent.endsWith('/providers') ? parent : `${parent}/providers`;
  const agreements = agreementsOf(model, service.name).filter((agreement) => !isWithCustomer(agreement));
  const covered = new Set(agreements.flatMap(({ supplier, provider }) => [supplier, provider]));
  return [
    ...agreements.map((agreement) => agreementItem(input, agreement, below)),
    ...providerIds(model, service).filter((id) => !covered.has(id)).map((id) => {
      const known = model.find('Provider', id);
      return line('organization', {
        id: `${below}/party:${id}`,
        label: known?.name.title ?? id,
        description: joined(known ? describeType(known.name.type) : 'not declared', 'no agreement'),
        context: 'party',
        hasChildren: false,
        place: known ? { entity: known.entity.key, path: known.name.path } : { entity: service.$key, path: ['name'] },
      });
    }),
  ];
}
