/** What passes between processes and between the steps of one: each input is produced, and each output is made and taken. */
import type { Process } from '../../language/model/declarations.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { collection, type RuleContext } from '../assessment/rule.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { flowOf } from '../analysis/flow/flow.ts';

/** Which processes produce something, by its name. */
const producers = collection('processes that produce', ['Process'], ({ name, outputs }) => [...new Set(outputs.map((output) => output.name))].filter(isFilledIn).map((item) => [item, name] as const));

export function itemRemarks(process: Process, context: RuleContext): readonly Remark[] {
  return [...inputRemarks(process, context), ...outputRemarks(process, context), ...stepRemarks(process)];
}

/** Inputs that nobody produces. What comes from a party or from outside is not asked further. */
function inputRemarks(process: Process, context: RuleContext): readonly Remark[] {
  return process.inputs.flatMap(({ name, from, fromText }, index): readonly Remark[] => {
    if (!isFilledIn(name) || isFilledIn(fromText)) return [];
    const place = placeOf(process, 'inputs', index, 'name');
    const giver = context.model.get('Process', from);
    if (giver) {
      if (giver.name === process.name || giver.outputs.some((output) => output.name === name)) return [];
      return [
        shortfall(`${named(process)} takes “${name}” from ${named(giver)}, which has no output of that name: what is not produced cannot be taken.`, {
          place,
          related: [{ place: placeOf(giver), message: `Does not give “${name}”` }],
          fixes: [addFact(`Let ${named(giver)} give it`, placeOf(giver), `outputs ${name} to ${process.name}`)],
        }),
      ];
    }
    // A name that means nothing is found as such, and a party is somebody outside.
    if (from !== undefined || context.collected(producers, name).some((other) => other !== process.name)) return [];
    return [
      shortfall(`${named(process)} takes “${name}”, which no process produces, and does not say where it comes from: inputs ${name} from WHOM.`, {
        place,
        fixes: [{ title: 'Say where it comes from', edits: [{ kind: 'replace', place, text: `${name} from "\${1:TODO whom}"` }] }],
      }),
    ];
  });
}

/** Outputs for a process that does not take them, and outputs that no step makes where steps say what they make. */
function outputRemarks(process: Process, { model }: RuleContext): readonly Remark[] {
  const made = new Set(process.nodes.flatMap((node) => (node.$type === 'Step' ? node.produces : [])));
  // What a called process gives may be passed on.
  const passedOn = new Set(process.nodes.flatMap((node) => (node.$type === 'Step' ? (model.get('Process', node.calls)?.outputs.map(({ name }) => name) ?? []) : [])));
  const told = new Set<string>();
  return process.outputs.flatMap(({ name, to }, index): readonly Remark[] => {
    if (!isFilledIn(name)) return [];
    const place = placeOf(process, 'outputs', index, 'name');
    const taker = model.get('Process', to);
    const untaken = taker && taker.name !== process.name && !taker.inputs.some((input) => input.name === name)
      ? [
          shortfall(`${named(process)} gives “${name}” to ${named(taker)}, which has no input of that name.`, {
            place,
            related: [{ place: placeOf(taker), message: `Does not take “${name}”` }],
            fixes: [addFact(`Let ${named(taker)} take it`, placeOf(taker), `inputs ${name} from ${process.name}`)],
          }),
        ]
      : [];
    if (made.size === 0 || made.has(name) || passedOn.has(name) || told.has(name)) return untaken;
    told.add(name);
    return [...untaken, shortfall(`${named(process)} gives “${name}”, but none of its steps makes it: produces ${name} in the step that does.`, { place })];
  });
}

/** What steps take that is not there yet, and what they make that nobody uses. */
function stepRemarks(process: Process): readonly Remark[] {
  const { nodes, inputs, outputs } = process;
  const uses = new Set([...outputs.map(({ name }) => name), ...nodes.flatMap((node) => (node.$type === 'Step' ? node.takes : []))]);
  const given = new Set(inputs.map(({ name }) => name));
  const flow = flowOf(process);
  return nodes.flatMap((node, index): readonly Remark[] => {
    if (node.$type !== 'Step') return [];
    return [
      ...node.produces.flatMap((item, position): readonly Remark[] =>
        !isFilledIn(item) || uses.has(item)
          ? []
          : [
              shortfall(`“${node.name}” makes “${item}”, which is no output of ${named(process)} and which no other step takes.`, {
                place: placeOf(process, 'nodes', index, 'produces', position),
                fixes: [addFact('Make it an output', placeOf(process), `outputs ${item} to "\${1:TODO whom}"`)],
              }),
            ],
      ),
      ...node.takes.flatMap((item, position): readonly Remark[] => {
        if (!isFilledIn(item) || given.has(item)) return [];
        const makers = nodes.flatMap((other, at) => (at !== index && other.$type === 'Step' && other.produces.includes(item) ? [at] : []));
        if (makers.some((maker) => leadsTo(flow, maker, index))) return [];
        const why = makers.length === 0 ? `is no input of ${named(process)} and is made by no other step` : `is made by ${firstOf(makers.map((maker) => `“${nodes[maker]!.name}”`))} only, from where no way leads here`;
        return [
          shortfall(`“${node.name}” takes “${item}”, which ${why}.`, {
            place: placeOf(process, 'nodes', index, 'takes', position),
            related: makers.map((maker) => ({ place: placeOf(process, 'nodes', maker, 'name'), message: 'Makes it' })),
            fixes: makers.length > 0 ? [] : [addFact('Make it an input', placeOf(process), `inputs ${item} from "\${1:TODO whom}"`)],
          }),
        ];
      }),
    ];
  });
}

function leadsTo({ nodes }: ReturnType<typeof flowOf>, from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const node of seen) for (const arrow of nodes[node]!.arrows) if (typeof arrow.to === 'number') seen.add(arrow.to);
  return seen.has(to) && from !== to;
}
