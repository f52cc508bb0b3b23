import { catalogueProcesses, type CatalogueProcess } from '../../language/catalogue/processes.ts';
import type { NewDeclaration } from '../assessment/rule.ts';

type Step = CatalogueProcess['steps'][number];

/**
 * A process of the catalogue as text to start from: its flow, duties, inputs and outputs. Who holds each role is to be filled in, once
 * for all steps of the role. What comes from or goes to a process that is declared refers to it.
 */
export function processTemplate(process: CatalogueProcess, isDeclared: (process: string) => boolean): NewDeclaration {
  const numbers = new Map<string, number>();
  const role = (name: string): string => {
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    return `\${${number}:TODO-${slug(name)}}`;
  };
  const roles = (keyword: string, names: readonly string[]): string => (names.length === 0 ? '' : ` ${keyword} ${names.map(role).join(', ')}`);
  const party = (name: string): string => (isDeclared(name) ? name : `"${catalogueProcesses.find(({ id }) => id === name)?.name ?? name}"`);
  const target = (id: string): string => (process.steps.some((step) => step.id === id && !isEnd(step)) ? id : 'end');
  const duties = ({ raci }: Step): string => (raci ? `${roles('R', raci.R)}${roles('A', raci.A === null ? [] : [raci.A])}` : '');
  const flow = process.steps
    .filter((step) => !isEnd(step))
    .map((step) => {
      const [first] = step.next;
      if (step.type === 'decision') return `decide ${step.id} "${step.name}"${duties(step)} ${step.next.map(({ to, when }) => `${branch(when ?? 'otherwise')} -> ${target(to)}`).join(' ')}`;
      return `step ${step.id} "${step.name}"${duties(step)}${roles('C', step.raci?.C ?? [])}${roles('I', step.raci?.I ?? [])} -> ${first ? target(first.to) : 'end'}`;
    });
  const lines = [
    `purpose "${process.purpose}"`,
    `owner ${role(process.processOwner)}`,
    `satisfies ${process.clauses.map((clause) => `iso20000:${clause}`).join(', ')}`,
    `inputs ${process.inputs.map(({ name, from }) => `${slug(name)} from ${party(from)}`).join(', ')}`,
    `outputs ${process.outputs.map(({ name, to }) => `${slug(name)} to ${party(to)}`).join(', ')}`,
    ...flow,
  ];
  return { title: `Declare the process “${process.name}”`, text: `process ${process.id} "${process.name}" {\n${lines.map((line) => `  ${line}\n`).join('')}}` };
}

function isEnd({ type }: Step): boolean {
  return type !== 'activity' && type !== 'decision';
}

function branch(when: string): string {
  return /^[a-z]+$/.test(when) ? when : `"${when}"`;
}

/** A name as an id: `known errors and knowledge` is `known-errors-and-knowledge`. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
