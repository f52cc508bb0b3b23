import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { formatText } from '../../../language/formatting/format.ts';
import { mirrored } from '../../../server/analysis/comparison/change.ts';
import { compareStates } from '../../../server/analysis/comparison/compare.ts';
import { canonicalContent } from '../../../server/assessment/approved-content.ts';
import { rules } from '../../../server/iso20000/rules.ts';
import { declarations, words } from '../../assessment/edited-model.ts';
import { builder, readModel } from '../../language/read-model.ts';
import { compareTexts, differences, stateOf } from './compared-texts.ts';

const base = `organization acme "ACME Services" {
  scope "Managed IT services"
  services email, network
  outside print-room because "Run by Facilities"
}
person kate "Kate"
person omar "Omar"
customer retail "ACME Retail"
customer bank "ACME Bank"
supplier skynet "SkyNet" { manager omar }
calendar office "Office hours" { timezone Europe/London  open Mon-Fri 08:00-18:00  holidays GB-ENG }
calendar always-on "Round the clock" { timezone Europe/London  open Mon-Sun 00:00-24:00 }
priority p1 "Critical"
priority p2 "High"
service email "Corporate e-mail" { owner omar  customer retail  status live  depends on network }
service network "Network" { owner omar  status live  no dependencies }
metric happy "Satisfaction" { value count }
sla email-gold "E-mail, gold" for email with retail {
  valid 2026-01-01 to 2026-12-31
  support hours office
  target uptime availability >= 99.9% per month
  target restored restore p1, p2 within 4h for 95% per month
  target told update p1 every 1h
  target liked happy >= 4
  workload tickets <= 900 per month
  credit 10% when uptime < 99.5%
  fee 12000 EUR per year
  except force-majeure
  review every 12mo last 2026-02-01
}
risk fire "Fire" { likelihood 2  impact 5  residual 4  owner omar }
policy top "Service policy" { kind service-management  statement "We serve."  owner kate  approved by kate on 2026-02-10 }
evidence minutes "Minutes" { for iso20000:9.3.1  file "minutes.md"  dated 2026-06-01 valid 1y }
`;

function edited(...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), from);
    return text.replaceAll(from, to);
  }, base);
}

/** The smallest edits, and what is said of each. */
const cases: readonly (readonly [name: string, edits: readonly (readonly [string, string])[], expected: readonly string[]])[] = [
  ['a stricter availability', [['>= 99.9%', '>= 99.95%']], ['agreements email-gold: target uptime tightened']],
  ['a weaker availability', [['>= 99.9%', '>= 99.5%']], ['agreements email-gold: target uptime loosened']],
  ['the value itself left out', [['availability >= 99.9%', 'availability > 99.9%']], ['agreements email-gold: target uptime tightened']],
  ['a shorter time', [['within 4h', 'within 2h']], ['agreements email-gold: target restored tightened']],
  ['a longer time in another unit', [['within 4h', 'within 300min']], ['agreements email-gold: target restored loosened']],
  ['a time that cannot be compared', [['within 4h', 'within 1 working days']], ['agreements email-gold: target restored changed']],
  ['a smaller share', [['for 95%', 'for 90%']], ['agreements email-gold: target restored loosened']],
  ['a shorter time for a smaller share', [['within 4h for 95%', 'within 2h for 90%']], ['agreements email-gold: target restored changed']],
  ['fewer priorities', [['restore p1, p2', 'restore p1']], ['agreements email-gold: target restored loosened']],
  ['all priorities', [['restore p1, p2', 'restore']], ['agreements email-gold: target restored tightened']],
  ['a longer window', [['99.9% per month', '99.9% per quarter']], ['agreements email-gold: target uptime loosened']],
  ['a clock that runs longer', [['for 95% per month', 'for 95% per month in always-on'], ['support hours office', 'support hours office']], ['agreements email-gold: target restored changed']],
  ['news more often', [['every 1h', 'every 30min']], ['agreements email-gold: target told tightened']],
  ['a higher target of a metric', [['happy >= 4', 'happy >= 4.5']], ['agreements email-gold: target liked tightened']],
  ['a successor', [['target told', 'target uptime availability >= 99.95% per month since 2027-01-01\n  target told']], ['agreements email-gold: target uptime tightened from 2027-01-01']],
  ['a target taken out', [['  target liked happy >= 4\n', '']], ['agreements email-gold: target liked removed']],
  ['more may come in', [['tickets <= 900', 'tickets <= 1200']], ['agreements email-gold: workload limit tickets tightened']],
  ['a greater credit', [['credit 10%', 'credit 20%']], ['agreements email-gold: credit when uptime less than 99.5% tightened']],
  ['a greater fee', [['12000 EUR', '13000 EUR']], ['agreements email-gold: fee raised']],
  ['an exception less', [['  except force-majeure\n', '']], ['agreements email-gold: exception tightened']],
  ['a longer validity', [['to 2026-12-31', 'to 2027-12-31']], ['agreements email-gold: validity extended']],
  ['other support hours', [['support hours office', 'support hours always-on']], ['agreements email-gold: support hours tightened']],
  ['hours of a calendar', [['Mon-Fri 08:00-18:00', 'Mon-Fri 09:00-17:00']], ['agreements email-gold: support hours loosened', 'calendars office: open hours reduced', 'calendars office: open changed']],
  ['a service added', [['metric happy', 'service chat "Chat" { owner omar }\nmetric happy']], ['services chat: added']],
  ['a service retired', [['depends on network }', 'depends on network }'], ['status live  no dependencies', 'status retired  no dependencies']], ['services network: status retired']],
  ['a service renamed', [['"Corporate e-mail"', '"E-mail"']], ['services email: title renamed']],
  ['an id renamed with all that names it', [['service network', 'service backbone'], ['depends on network', 'depends on backbone'], ['email, network', 'email, backbone']], ['services backbone: id renamed']],
  ['a customer gone', [['customer bank "ACME Bank"\n', '']], ['customers bank: removed']],
  ['a supplier added', [['calendar office', 'supplier ledger "Ledgerworks"\ncalendar office']], ['suppliers ledger: added']],
  ['a smaller scope', [['services email, network', 'services email']], ['scope acme: service in scope reduced']],
  ['less outside', [['  outside print-room because "Run by Facilities"\n', '']], ['scope acme: outside the scope extended']],
  ['a risk rated higher', [['likelihood 2', 'likelihood 3']], ['risks fire: rating raised']],
  ['a risk rated differently with the same product', [['likelihood 2  impact 5', 'likelihood 5  impact 2']], ['risks fire: rating changed']],
  ['less left of a risk', [['residual 4', 'residual 2']], ['risks fire: rating lowered']],
  ['a text under an approval', [['"We serve."', '"We serve well."']], ['approvals top: approval unbound', 'policies and plans top: statement changed']],
  ['an approval given', [['approved by kate on 2026-02-10', 'approved by kate on 2026-02-10  approved by omar on 2026-03-01']], ['approvals top: approval given']],
  ['an approval taken back', [['  approved by kate on 2026-02-10', '']], ['approvals top: approval withdrawn']],
  ['an evidence that holds no longer', [['valid 1y', 'valid 3mo']], ['evidence minutes: validity expired', 'evidence minutes: dated changed']],
  ['an owner', [['status live  depends', 'owner kate  status live  depends'], ['{ owner omar  customer retail  owner kate', '{ owner kate  customer retail']], ['services email: owner changed']],
];

describe('comparing two states of the text', () => {
  it('starts from a text in which everything is known', () => {
    assert.deepEqual(readModel(base).findings, []);
  });

  for (const [name, edits, expected] of cases) {
    it(`tells ${name}`, () => {
      const comparison = compareTexts(base, edited(...edits));
      assert.deepEqual(differences(comparison).toSorted(), expected.toSorted());
      assert.deepEqual(compareTexts(edited(...edits), base), mirrored(comparison), 'the other way round');
    });
  }

  it('finds nothing in another layout, other files, another order, other spellings and comments', () => {
    const pieces = base.split(/\n(?=[a-z])/);
    const [first, second] = [pieces.filter((_, index) => index % 2 === 0).toReversed().join('\n'), pieces.filter((_, index) => index % 2 === 1).join('\n')];
    const other = {
      'a.itsms': `// Moved\n${formatText(first, { services: builder.services })}`,
      'sub/b.itsms': second.replace('within 4h', 'within 240min').replace('every 12mo', 'every 1y').replace('12000 EUR', '12000.00 EUR').replace('99.9%', '99.90%').replace('restore p1, p2', 'restore p2, p1'),
    };
    assert.deepEqual(compareTexts(base, other), { rows: [], changes: [] });
  });

  it('tells of a voided approval, and of one that was given anew', () => {
    const { model } = readModel(base);
    const policy = model.get('Policy', 'top');
    const hash = createHash('sha256').update(canonicalContent(policy!) ?? '').digest('hex');
    const bound = edited(['on 2026-02-10', `on 2026-02-10 as sha256:${hash}`]);
    const changed = bound.replace('We serve.', 'We serve well.');
    const voided = compareTexts(bound, changed);
    assert.ok(differences(voided).includes('approvals top: approval voided'));
    assert.deepEqual(compareTexts(changed, bound), mirrored(voided));
  });

  it('tells which requirements are gained and lost, with the reason', () => {
    const text = edited(['  review every 12mo last 2026-02-01\n', '']);
    const { rows } = compareTexts(base, text, rules);
    assert.ok(rows.some(({ row }) => row.startsWith('8.3.3.')) && rows.every(({ effect }) => ['lost', 'gap opened'].includes(effect)), JSON.stringify(rows));
    assert.ok(rows.filter(({ after }) => after === 'no').every(({ reasons }) => reasons.length > 0));
  });

  it('is empty for a state and itself, and mirrored the other way round, whatever is edited', () => {
    const texts = fc.array(fc.nat(declarations.length - 1), { minLength: 1, maxLength: 14 }).map((chosen) => chosen.map((index) => declarations[index]!).join('\n'));
    const edit = fc.record({ text: texts, other: texts, word: fc.constantFrom(...words), becomes: fc.constantFrom(...words), isWord: fc.boolean() });
    fc.assert(
      fc.property(edit, ({ text, other, word, becomes, isWord }) => {
        const [a, b] = [stateOf(text), stateOf(isWord ? text.replace(new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'g'), becomes) : other)];
        assert.deepEqual(compareStates(a, a), { rows: [], changes: [] });
        assert.deepEqual(compareStates(b, a), mirrored(compareStates(a, b)));
      }),
      {
        // Found here once: a name that somebody else has been given, too.
        examples: [[{ text: 'catalogue services "Services" { owner omar }\nperson kate "Kate Moss-Green"\nteam omar "Also Omar"', other: '', word: 'kate', becomes: 'omar', isWord: true }],
        // And one that means somebody else first.
        [{ text: 'customer retail "ACME Retail"\nwaive iso20000:8.6.1 until 2027-01-31 approved by kate because "Tool arrives in January"\nperson kate "Kate Moss-Green"', other: '', word: 'kate', becomes: 'retail', isWord: true }]],
        numRuns: 150,
      },
    );
  }).timeout(120_000);

  it('says what a random edit of a target did, as comparing its numbers would', () => {
    const target = fc.record({ uptime: fc.integer({ min: 900, max: 1000 }), minutes: fc.integer({ min: 1, max: 600 }), share: fc.integer({ min: 1, max: 100 }) });
    const textOf = ({ uptime, minutes, share }: { uptime: number; minutes: number; share: number }): string => edited(['>= 99.9%', `>= ${uptime / 10}%`], ['within 4h for 95%', `within ${minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}min`} for ${share}%`]);
    fc.assert(
      fc.property(target, target, (one, other) => {
        const signs = [Math.sign(one.minutes - other.minutes), Math.sign(other.share - one.share)].filter((sign) => sign !== 0);
        const effect = (found: readonly number[]): string[] => (found.length === 0 ? [] : [found.every((sign) => sign > 0) ? 'tightened' : found.every((sign) => sign < 0) ? 'loosened' : 'changed']);
        const uptime = Math.sign(other.uptime - one.uptime);
        const expected = [...effect(signs).map((word) => `agreements email-gold: target restored ${word}`), ...effect(uptime === 0 ? [] : [uptime]).map((word) => `agreements email-gold: target uptime ${word}`)];
        assert.deepEqual(differences(compareTexts(textOf(one), textOf(other))), expected);
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);
});
