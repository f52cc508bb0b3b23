import { AstUtils, GrammarAST, type Grammar } from 'langium';
import { modelVocabulary, vocabulary, type VocabularyPlace } from '../language/catalogue/vocabulary.ts';
import { describeType } from '../language/references/link-check.ts';
import { keywordPhrases } from '../language/syntax/keyword-phrases.ts';
import { createSyntaxServices } from '../language/syntax/services.ts';

/** The page that says of each entity and attribute of the catalogue's vocabulary how it is written. */
export function vocabularyPage(): string {
  const { Grammar } = createSyntaxServices();
  const forms = (places: readonly VocabularyPlace[]): string => places.map((place) => formOf(place, Grammar)).join('; ');
  const table = (attributes: readonly string[], places: Readonly<Record<string, readonly VocabularyPlace[]>>): string =>
    ['| Attribute | Written |', '|---|---|', ...attributes.map((attribute) => `| ${attribute} | ${forms(places[attribute] ?? [])} |`)].join('\n');
  const reasons = new Map<string, string[]>();
  for (const { because, ...place } of vocabulary.structure) reasons.set(because, [...(reasons.get(because) ?? []), formOf(place, Grammar)]);
  return [
    '# The vocabulary of the standard in the language',
    `The catalogue says what is checked in terms of ${modelVocabulary.entities.length} entities and their attributes. This is where each of them is written: as a fact of a declaration, or as a field of the records that a \`source\` brings. What follows from other facts is derived and not written a second time.`,
    'Made from `language/catalogue/vocabulary.json` by `npm run build`; not edited by hand.',
    '## Common to all',
    table(modelVocabulary.commonAttributes, vocabulary.commonAttributes),
    '## Entities',
    ...modelVocabulary.entities.flatMap(({ entity, purpose, attributes }) => [`### ${entity}`, purpose, table(attributes, vocabulary.entities[entity] ?? {})]),
    '## Of the language, not of the standard',
    ['| Why | What |', '|---|---|', ...[...reasons].map(([because, what]) => `| ${because} | ${what.join('; ')} |`)].join('\n'),
    '',
  ].join('\n\n');
}

function formOf(place: VocabularyPlace, grammar: Grammar): string {
  if ('derived' in place) return `*derived: ${place.derived.replaceAll('|', '\\|')}*`;
  if ('record' in place) return `field \`${place.field}\` of \`${place.record}\` records`;
  const { type, property } = place;
  const owner = type === '*' ? 'declaration' : nameOf(type, grammar);
  if (property === '*') return `everything of ${withArticle(owner)}`;
  if (property === 'name') return `the id of ${withArticle(owner)}`;
  if (property === 'title') return `the title of ${withArticle(owner)}`;
  const phrase = type === '*' ? `${property} …` : phraseOf(type, property, grammar);
  return phrase === undefined ? `the ${spaced(property)} of ${withArticle(owner)}` : `\`${phrase}\` in ${withArticle(owner)}`;
}

/** The words that begin a declaration, as code; a part of one in plain words. */
function nameOf(type: string, grammar: Grammar): string {
  if (type === 'Agreement') return '`sla`, `ola` or `contract`';
  const rule = grammar.rules.find(({ name }) => name === type);
  const declaration = grammar.rules.find(({ name }) => name === 'Declaration');
  const isDeclaration = declaration !== undefined && AstUtils.streamAllContents(declaration).some((node) => GrammarAST.isRuleCall(node) && node.rule.ref === rule);
  const head = isDeclaration ? keywordPhrases(grammar).find((phrase) => phrase.rule === type)?.words : undefined;
  return head === undefined ? (GrammarAST.isParserRule(rule) ? describeType(type).toLowerCase() : spaced(type)) : `\`${head}\``;
}

/** How a property is written, `…` for values: `valid … to …`; undefined if no word leads to it. */
function phraseOf(type: string, property: string, grammar: Grammar): string | undefined {
  const rule = grammar.rules.find(({ name }) => name === type);
  const assignments = rule ? AstUtils.streamAllContents(rule).filter((node) => GrammarAST.isAssignment(node)).filter(({ feature }) => feature === property).toArray() : [];
  for (const assignment of assignments) {
    const parts = [partOf(assignment)];
    let inner: GrammarAST.AbstractElement = assignment;
    while (GrammarAST.isAbstractElement(inner.$container)) {
      const container: GrammarAST.AbstractElement = inner.$container;
      if (GrammarAST.isAlternatives(container) && container.cardinality === '*') break;
      if (GrammarAST.isGroup(container)) parts.unshift(...container.elements.slice(0, container.elements.indexOf(inner)).filter(({ cardinality }) => cardinality === undefined).map(partOf));
      inner = container;
    }
    const words = parts.filter((part) => part !== '').filter((part, index, all) => part !== '…' || all[index - 1] !== '…');
    if (words.some((word) => /^[A-Za-z]/.test(word))) return words.join(' ');
  }
  return undefined;
}

function partOf(element: GrammarAST.AbstractElement): string {
  if (GrammarAST.isKeyword(element)) return element.value === '{' ? '' : element.value;
  if (GrammarAST.isAssignment(element) && GrammarAST.isKeyword(element.terminal)) return element.terminal.value;
  return '…';
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function withArticle(name: string): string {
  return name.startsWith('`') ? name : `${/^([aeio]|up)/.test(name) ? 'an' : 'a'} ${name}`;
}
