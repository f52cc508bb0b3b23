import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assessmentQuestions } from '../../language/catalogue/assessment-questions.ts';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { ItsmsAstReflection } from '../../language/generated/ast.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { questionsResultSchema, type QuestionsResult } from '../../server/cli/schemas/questions.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

/** The questions as the text about certification lists them. */
function writtenQuestions(): { number: number; part: string; question: string; requirementIds: string[] }[] {
  const text = readFileSync(new URL('../../language/catalogue/certification.md', import.meta.url), 'utf8');
  let part = '';
  return text.split('\n').flatMap((line) => {
    part = /^### (.+)$/.exec(line)?.[1] ?? part;
    const [, number, question, rows] = /^(\d+)\. (.+) \(((?:`[^`]+`(?:, )?)+)\)$/.exec(line) ?? [];
    return number === undefined || question === undefined || rows === undefined ? [] : [{ number: Number(number), part, question, requirementIds: [...rows.matchAll(/`([^`]+)`/g)].map(([, id]) => id!) }];
  });
}

async function questionsOf(folder: string, ...options: readonly string[]): Promise<QuestionsResult['questions']> {
  const { code, out, error } = await itsms(folder, 'questions', '--format', 'json', ...options);
  assert.deepEqual([code, error], [0, '']);
  return questionsResultSchema.parse(JSON.parse(out)).questions;
}

const examples = join(import.meta.dirname, '../../examples');

describe('the questions of assessors', () => {
  it('are those of the text about certification, word for word', () => {
    const written = writtenQuestions();
    assert.equal(written.length, 106);
    assert.deepEqual(assessmentQuestions().map(({ number, part, question, requirementIds }) => ({ number, part, question, requirementIds })), written);
  });

  it('speak of rows that there are, and are answered by what there is in the language', () => {
    const reflection = new ItsmsAstReflection();
    for (const { number, requirementIds, shows } of assessmentQuestions()) {
      for (const id of requirementIds) assert.ok(catalogue.row(id), `question ${number}: ${id}`);
      for (const one of shows) {
        if (one.kind === 'records') assert.ok(Object.hasOwn(recordKinds, one.recordKind), `question ${number}: records of ${one.recordKind}`);
        else {
          assert.ok(reflection.isSubtype(one.type, 'Declaration'), `question ${number}: ${one.type}`);
          const facts = Object.keys(reflection.getTypeMetaData(one.type).properties);
          for (const fact of [one.fact, one.which?.fact]) if (fact !== undefined) assert.ok(facts.includes(fact), `question ${number}: ${one.type}.${fact}`);
        }
      }
    }
  });
});

describe('itsms questions', function () {
  this.timeout(120_000);

  const small = {
    'itsms.config.json': '{ "asOf": "2026-11-10" }',
    'a.itsms': `organization us "Us" { value "Mail that is there" }
person anna "Anna"
role lead "Lead" held by anna
issue growth "We grow" { kind external  relevance "More mail each year"  determined 2026-05-02 }
policy service-policy "Policy" { kind service-management  statement "We keep what we promise" }
policy change-policy "Changes" { kind change-management  statement "Every change is asked for" }
evidence talk "Talk about value" { for iso20000:5.1.d  dated 2026-09-01 by anna  link "https://us.example/talk" }
`,
  };

  it('says what we would show, where it is, whose and since when', async () => {
    await inFolder(small, async (folder) => {
      const questions = await questionsOf(folder);
      assert.equal(questions.length, 106);
      const [first] = questions[0]!.shows;
      assert.deepEqual(first && [first.what, first.title, first.says, first.since, first.file, first.line], ['issue', 'We grow', 'More mail each year', '2026-05-02', 'a.itsms', 4]);
      const value = questions.find(({ number }) => number === 9)!;
      assert.deepEqual(value.shows.slice(0, 2).map(({ what, says, who }) => [what, says, who]), [['organization', 'Mail that is there', null], ['evidence', null, 'anna']]);
      // Of the policies the one that is asked about.
      assert.deepEqual(questions.find(({ number }) => number === 64)!.shows.map(({ title }) => title), ['Changes']);
      assert.deepEqual(questions.find(({ number }) => number === 10)!.shows.map(({ who }) => who), ['anna']);
    });
  });

  it('says what is missing, with the row, and never that all is well where something is', async () => {
    await inFolder(small, async (folder) => {
      const questions = await questionsOf(folder);
      const climate = questions.find(({ number }) => number === 2)!;
      assert.deepEqual([climate.declared, climate.shows], ['no', []]);
      assert.deepEqual([...new Set(climate.missing.map(({ row }) => row))], ['4.1.3']);
      for (const { number, declared, evidenced, effective, missing } of questions) assert.equal([declared, evidenced, effective].includes('no'), missing.length > 0, `question ${number}`);
      const { out } = await itsms(folder, 'questions');
      assert.match(out, /^Clause 4: context$/m);
      assert.match(out, /^ {2}2\. Is climate change .* \(4\.1\.3\)\n {4}declared: a gap; .*\n {4}There is nothing to show\.\n {4}Missing:\n {6}.*\(4\.1\.3/m);
      assert.match(out, /^Of 106 questions, as of 2026-11-10: \d+ with a gap, \d+ with something unknown, \d+ in which no gap was found\.$/m);
      assert.doesNotMatch(out, /complian/i);
    });
  });

  it('does not know what rests on records that were not read', async () => {
    const unread = await questionsOf(join(examples, 'acme'), '--no-measure');
    const incident = unread.find(({ number }) => number === 76)!;
    assert.deepEqual([incident.evidenced, incident.unknown.includes('nothing has been measured yet'), incident.shows[0]?.records], ['unknown', true, null]);
  });

  for (const example of ['acme', 'small-provider']) {
    it(`has something to show for each question that applies in the example ${example}`, async () => {
      const questions = await questionsOf(join(examples, example));
      assert.deepEqual(questions.filter(({ shows, notApplicable }) => shows.length === 0 && notApplicable.length === 0).map(({ number, question }) => `${number} ${question}`), []);
    });
  }
});
