/** Clause 8.2.5, asset management. */
import type { DeclarationTypes, Service } from '../../language/model/declarations.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { everyRecord } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, unknown, type Remark } from '../assessment/remark.ts';
import { each, query, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { countByService, hasRecordsOf } from './records-of-services.ts';
import { isInUse } from './services-in-scope.ts';

type Asset = DeclarationTypes['Asset'];

const row = '8.2.5.1';

const servicesInUse = query('services in use', (context) => context.model.all('Service').filter((service) => isInUse(service, context)).map(({ name }) => name));

const counted = countByService(row, 'asset', undefined, servicesInUse);

/** What each obligation applies to, by name. */
const obligations = query('what obligations apply to', ({ model }) => model.all('Obligation').map(({ name, appliesTo }) => ({ name, appliesTo })));

export const managed: Rule = rule(row, {
  parts: [
    each('Asset', { none: null, check: checkAsset }),
    each('Service', {
      none: { message: 'No service is declared, so nothing says what assets are for.' },
      check: (service, context) => {
        if (!isInUse(service, context) || service.noAssets || hasAsset(service, context)) return [];
        const inRecords = hasRecordsOf(counted, service.name, context);
        if (inRecords === true) return [];
        if (inRecords === undefined) return [unknown('declared', 'nothing has been measured yet')];
        return [
          shortfall(`No asset is used for ${named(service)}, and it does not say that none is (no assets).`, {
            place: placeOf(service),
            fixes: [
              { title: 'Declare an asset', edits: [{ kind: 'addDeclaration', after: placeOf(service), text: `asset \${1:${service.name}-asset} "\${2:TODO what it is}" {\n  type \${3:TODO}\n  services ${service.name}\n  owner \${4:TODO}\n  lifecycle \${5:TODO}\n  no obligations\n}` }] },
              addFact('Say that none is used', placeOf(service), 'no assets'),
            ],
          }),
        ];
      },
    }),
    everyRecord({
      row,
      kind: 'asset',
      plural: 'assets',
      optional: true,
      demands: () => [
        {
          name: 'complete',
          meets: 'type is not empty and owner is not empty and service is not empty and lifecycle is not empty',
          fields: ['type', 'owner', 'service', 'lifecycle'],
          of: 'assets',
          lacks: 'lack their type, owner, service or where they are in their life',
        },
        { name: 'obligations', meets: 'obligations is not empty', fields: ['obligations'], of: 'assets', lacks: 'do not say what binds their use (or that nothing does)' },
      ],
    }),
    counted,
    attested(row),
  ],
});

function checkAsset(asset: Asset, context: RuleContext): readonly Remark[] {
  const { model } = context;
  const item = model.get('ConfigurationItem', asset.item);
  const remarks: Remark[] = [
    ...stated(asset, 'The asset', [
      { said: isFilledIn(asset.type) || isFilledIn(item?.type), what: 'of which type it is', line: 'type ${1:TODO}' },
      { said: isFilledIn(asset.owner) || isFilledIn(asset.custodian) || isFilledIn(item?.owner), what: 'who owns it or looks after it', line: 'custodian ${1:TODO}' },
      { said: someFilledIn(asset.services) || someFilledIn(item?.supports ?? []), what: 'for which service it is used', line: 'services ${1:TODO}' },
      { said: isFilledIn(asset.lifecycle) || isFilledIn(item?.status), what: 'where it is in its life', line: 'lifecycle ${1:TODO}' },
      { said: someFilledIn(asset.obligations) || asset.noObligations, what: 'which obligations bind its use, or that none does', line: 'obligations ${1:TODO}' },
    ]),
  ];
  if (asset.noObligations && isFilledIn(asset.licence)) {
    remarks.push(shortfall(`The asset ${named(asset)} is used under a licence, and says that nothing binds its use. A licence does: declare it as an obligation, and name it here.`, { place: placeOf(asset, 'licence'), fixes: [addFact('Name the obligation', placeOf(asset), 'obligations ${1:TODO}')] }));
  }
  const binding = context.read(obligations).filter(({ name, appliesTo }) => !asset.obligations.includes(name) && (appliesTo.includes(asset.name) || (asset.title !== undefined && appliesTo.includes(asset.title))));
  const isSilent = !someFilledIn(asset.obligations) && !asset.noObligations;
  if (binding.length > 0 && !isSilent) {
    const names = binding.map(({ name }) => name);
    remarks.push(shortfall(`${listed(names)} ${names.length === 1 ? 'applies' : 'apply'} to ${named(asset)}, which does not name ${names.length === 1 ? 'it' : 'them'} among its obligations.`, { place: placeOf(asset, asset.noObligations ? 'noObligations' : 'obligations'), fixes: [addFact('Name what binds it', placeOf(asset), `obligations ${names.join(', ')}`)] }));
  }
  return remarks;
}

/** Whether an asset is used for a service, by itself or as a configuration item that supports the service. */
function hasAsset({ name }: Service, { model }: RuleContext): boolean {
  return model.referrers('Service', name).some(({ entity: { node } }) => {
    if (node.$type === 'Asset') return isFilledIn(node.title ?? node.name) && node.services.includes(name);
    return node.$type === 'ConfigurationItem' && node.supports.includes(name) && model.referrers('ConfigurationItem', node.name).some(({ entity }) => entity.node.$type === 'Asset' && entity.node.item === node.name);
  });
}
