import assert from 'node:assert/strict';
import { modelVocabulary, vocabulary, type VocabularyPlace } from '../../language/catalogue/vocabulary.ts';
import { reflection } from '../../language/generated/ast.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';

interface Attribute {
  readonly name: string;
  readonly places: readonly VocabularyPlace[];
}

const table: readonly Attribute[] = [
  ...Object.entries(vocabulary.commonAttributes).map(([attribute, places]) => ({ name: `*.${attribute}`, places })),
  ...Object.entries(vocabulary.entities).flatMap(([entity, attributes]) => Object.entries(attributes).map(([attribute, places]) => ({ name: `${entity}.${attribute}`, places }))),
];

/** Every property of every type of the syntax tree and every field of every kind of record, as `Type.property` and `record kind.field`. */
const language = new Set<string>();
const declarations: string[] = [];
for (const [type, { superTypes, properties }] of Object.entries(reflection.types)) {
  if ((superTypes as readonly string[]).includes('Declaration')) declarations.push(type);
  for (const property of Object.keys(properties)) language.add(`${type}.${property}`);
}
for (const [kind, { fields }] of Object.entries(recordKinds)) for (const field of Object.keys(fields)) language.add(`record ${kind}.${field}`);

const common = new Set(table.flatMap(({ places }) => places.flatMap((place) => ('type' in place && place.type === '*' ? [place.property] : []))));

/** What a place stands for; a property of every declaration, or every property of a type, stands for several. */
function namesOf(place: VocabularyPlace): string[] {
  if ('derived' in place) return [];
  if ('record' in place) return [`record ${place.record}.${place.field}`];
  if (place.type === '*') return declarations.map((type) => `${type}.${place.property}`).filter((name) => language.has(name));
  if (place.property === '*') return [...language].filter((name) => name.startsWith(`${place.type}.`));
  return [`${place.type}.${place.property}`];
}

describe('the table from the vocabulary of the standard to the language', () => {
  it('has every entity and every attribute, and no other', () => {
    const wanted = [
      ...modelVocabulary.commonAttributes.map((attribute) => `*.${attribute}`),
      ...modelVocabulary.entities.flatMap(({ entity, attributes }) => attributes.map((attribute) => `${entity}.${attribute}`)),
    ];
    assert.equal(modelVocabulary.entities.length, 99);
    assert.deepEqual(table.map(({ name }) => name), wanted);
  });

  it('names only what the language has', () => {
    const unknown = table.flatMap(({ name, places }) =>
      places.filter((place) => !('derived' in place) && (namesOf(place).length === 0 || namesOf(place).some((found) => !language.has(found)))).map((place) => `${name}: ${JSON.stringify(place)}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('names nothing twice for one attribute', () => {
    const twice = table.filter(({ places }) => new Set(places.map((place) => JSON.stringify(place))).size < places.length);
    assert.deepEqual(twice.map(({ name }) => name), []);
  });

  it('leaves little to be derived, and says so', () => {
    const onlyDerived = table.filter(({ places }) => places.every((place) => 'derived' in place)).map(({ name }) => name);
    assert.deepEqual(onlyDerived, [
      '*.notes',
      'Risk.level',
      'Measurement.recordedOn',
      'Measurement.met',
      'ServiceLevelTarget.unit',
      'WorkloadLimit.unit',
      'AvailabilityRequirement.unit',
      'AvailabilityResult.service',
      'AvailabilityResult.period',
      'AvailabilityResult.recordedOn',
    ]);
  });

  describe('and back', () => {
    const standard = new Set(table.flatMap(({ places }) => places.flatMap(namesOf)));
    const structure = new Set(vocabulary.structure.flatMap(namesOf));
    /** Names and titles of parts are ids and names like those of declarations. */
    const isCommon = (name: string): boolean => common.has(name.slice(name.indexOf('.') + 1));

    it('every property and every field is of the standard, or is listed as structure of the language', () => {
      assert.deepEqual([...language].filter((name) => !standard.has(name) && !structure.has(name) && !isCommon(name)), []);
    });

    it('nothing is listed as structure that does not exist', () => {
      assert.deepEqual(vocabulary.structure.filter((place) => namesOf(place).length === 0 || namesOf(place).some((name) => !language.has(name))), []);
    });

    it('nothing is both', () => {
      assert.deepEqual([...structure].filter((name) => standard.has(name) && !isCommon(name)), []);
    });
  });
});
