import { join } from 'node:path';
import type { AnyDeclaration } from '../../language/model/declarations.ts';
import type { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { printDeclaration } from '../../language/printing/print.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { rules } from '../../server/iso20000/rules.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import type { FactSelector, Mutation } from './table.ts';

/** Without what others cannot tell them from each other by; where a type has none of these, by its name. */
const kindOf: Readonly<Record<string, string>> = {
  Source: 'recordKind',
  Agreement: 'type',
  ControlledDocument: 'kinds',
  Attestation: 'requirement',
  Evidence: 'requirements',
  Waiver: 'requirement',
  RecordAnalysis: 'subject',
  RiskAssessment: 'domain',
  CapacityRequirement: 'resourceKind',
};

interface Part {
  readonly file: string;
  readonly node: AnyDeclaration;
  readonly text: string;
}

/** A complete example, taken apart into declarations that can be changed one by one. */
export class MutatedProject {
  readonly name: string;
  readonly #parts: readonly Part[];
  readonly #engine: AssessmentEngine;
  readonly #model = new ProjectModel();
  readonly #builder: FragmentBuilder;
  /** Rows with a gap before anything is changed. */
  readonly baseline: ReadonlySet<string>;

  private constructor(name: string, project: Project) {
    this.name = name;
    this.#builder = project.builder;
    this.#parts = declarationsOf(project).map((node, index) => {
      const text = printDeclaration(node, this.#builder.services);
      if (text === undefined) throw new Error(`${name}: ${node.$key} cannot be printed`);
      return { file: `declaration-${index}.itsms`, node, text };
    });
    for (const { file, text } of this.#parts) this.#model.update(file, this.#builder.build(file, text));
    this.#engine = new AssessmentEngine(this.#model, { asOf: project.asOf, rules, ...project.configuration });
    this.#engine.setMeasurements(project.measurements);
    this.#settle();
    this.baseline = this.#gaps();
  }

  static async open(name: string): Promise<MutatedProject> {
    const project = await Project.open(await openNodeHost(join(import.meta.dirname, '..', '..', 'examples', name)), { trusted: true });
    await project.measure();
    return new MutatedProject(name, project);
  }

  /** Every fact that is stated anywhere, as `Type.property`, and the types themselves. */
  facts(): readonly string[] {
    const found = new Set<string>();
    for (const { node } of this.#parts) {
      found.add(node.$type);
      for (const way of waysIn(node)) found.add(`${node.$type}.${way}`);
    }
    return [...found].sort();
  }

  /** The rows that have a gap once the facts are changed and had none before. Undefined: nothing states them, or the text could not say so. */
  rowsOf(mutation: Mutation): ReadonlySet<string> | undefined {
    const changed = new Map<string, string>();
    for (const { file, node, text } of this.#parts) {
      const mutant = mutate(node, mutation);
      if (mutant === node) continue;
      const printed = mutant === undefined ? '' : printDeclaration(mutant, this.#builder.services);
      if (printed === undefined) return undefined;
      if (printed !== text) changed.set(file, printed);
    }
    if (changed.size === 0) return undefined;
    for (const [file, text] of changed) this.#engine.apply(this.#model.update(file, this.#builder.build(file, text)));
    this.#settle();
    const gaps = [...this.#gaps()].filter((row) => !this.baseline.has(row));
    for (const { file, text } of this.#parts) if (changed.has(file)) this.#engine.apply(this.#model.update(file, this.#builder.build(file, text)));
    return new Set(gaps);
  }

  /** Files are all there: what is missing on the disk is tested elsewhere. */
  #settle(): void {
    for (let wanted = this.#engine.takeWantedFiles(); wanted.length > 0; wanted = this.#engine.takeWantedFiles()) {
      this.#engine.setFiles(new Map(wanted.map((file) => [file, { kind: 'present', hash: undefined }])));
    }
  }

  #gaps(): Set<string> {
    return new Set(this.#engine.assessment().requirements.flatMap(({ id, declared, evidenced, effective }) => ([declared, evidenced, effective].includes('no') ? [id] : [])));
  }
}

function declarationsOf(project: Project): readonly AnyDeclaration[] {
  return project.files().flatMap((file) => project.model.fragment(file)?.declarations.map(({ entity }) => entity.node) ?? []);
}

type Facts = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Facts => typeof value === 'object' && value !== null && '$type' in value;
const isStated = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false);

/** The ways from a node to what is stated in it, `targets.source`; lists and kinds of nodes are no step. */
function* waysIn(node: object): Iterable<string> {
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('$') || name === 'name' || !isStated(value)) continue;
    yield name;
    for (const inner of Array.isArray(value) ? value : [value]) if (isNode(inner)) for (const way of waysIn(inner)) yield `${name}.${way}`;
  }
}

function isOf(node: AnyDeclaration, of: string): boolean {
  const facts = node as unknown as Facts;
  const kind = facts[kindOf[node.$type] ?? 'kind'];
  const kinds = (Array.isArray(kind) ? kind : [kind]).map((one) => String(one).replace(/^iso20000:/, ''));
  return kinds.includes(of) || facts['name'] === of;
}

/** The declaration without the facts, or with them changed; itself where it states none of them, undefined where it is to go. */
function mutate(node: AnyDeclaration, { facts, value }: Mutation): AnyDeclaration | undefined {
  let result: AnyDeclaration = node;
  for (const selector of facts) {
    if (selector.type !== node.$type || (selector.of !== undefined && !isOf(node, selector.of))) continue;
    if (selector.path.length === 0) return undefined;
    // Facts are changed along the way that the selector names, which keeps the form of the declaration.
    result = change(result as unknown as Facts, selector, 0, value) as unknown as AnyDeclaration;
  }
  return result;
}

function change(node: Facts, selector: FactSelector, depth: number, value: string | undefined): Facts {
  const name = selector.path[depth]!;
  const entry = selector.entries[depth];
  const inner = node[name];
  if (!isStated(inner)) return node;
  const isMeant = (one: unknown): boolean => entry === undefined || one === entry || (isNode(one) && Object.entries(one).some(([key, word]) => !key.startsWith('$') && word === entry));
  if (depth === selector.path.length - 1) {
    if (Array.isArray(inner)) return { ...node, [name]: [...inner.filter((one) => !isMeant(one)), ...(value === undefined ? [] : [value])] };
    return { ...node, [name]: value ?? (typeof inner === 'boolean' ? false : undefined) };
  }
  const within = (one: unknown): unknown => (isNode(one) && isMeant(one) ? change(one, selector, depth + 1, value) : one);
  return { ...node, [name]: Array.isArray(inner) ? inner.map(within) : within(inner) };
}
