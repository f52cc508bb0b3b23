/** Recommendations for clause 4, context of the organization. */
import { latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { each, recommended, system, type Rule } from '../assessment/rule.ts';
import { counted, listed, named } from '../assessment/wording.ts';

export const contextBeforeReviews: Rule = recommended('G.4.1.1', {
  parts: [
    each('ContextIssue', {
      none: null,
      check: (issue, { asOf, model }) => {
        const review = latestOf(model.all('ManagementReview').map(({ held }) => held), asOf);
        const looked = latestOf([issue.reviewed, issue.determined], asOf);
        if (review === undefined || looked === undefined || looked >= review) return [];
        return [shortfall(`The issue ${named(issue)} was last looked at on ${looked}, before the management review of ${review}. Look at the context before each review.`, { place: placeOf(issue, issue.reviewed === undefined ? 'determined' : 'reviewed') })];
      },
    }),
  ],
});

export const originOfRequirements: Rule = recommended('G.4.2.1', {
  parts: [
    each('InterestedParty', {
      none: null,
      check: (party) =>
        party.requirements.flatMap((requirement, index) => {
          const missing = [...(isFilledIn(requirement.source) ? [] : ['where it comes from']), ...(isFilledIn(requirement.kind) ? [] : ['whether it is legal, contractual or another obligation'])];
          if (missing.length === 0) return [];
          return [shortfall(`The requirement ${requirement.name} of ${named(party)} does not say ${listed(missing, 'or')}: kind legal source "…".`, { place: placeOf(party, 'requirements', index, 'name') })];
        }),
    }),
  ],
});

/** More words than people read at once. */
const longScope = 60;

export const shortScope: Rule = recommended('G.4.3.1', {
  parts: [
    each('Organization', {
      none: null,
      check: (organization) => {
        const words = isFilledIn(organization.scope) ? organization.scope.split(/\s+/).length : 0;
        return [
          ...(words > longScope ? [shortfall(`The scope statement has ${words} words; ${longScope} or fewer are read to the end. Say what others do, and leave out what does not help.`, { place: placeOf(organization) })] : []),
          ...(words > 0 && organization.sites.length === 0 ? [shortfall('The scope names no site from which services are delivered: sites NAME "…".', { place: placeOf(organization) })] : []),
        ];
      },
    }),
  ],
});

/** With more suppliers than these behind the services, people ask where the system ends. */
const simpleSupply = 3;

export const bordersOfScope: Rule = recommended('G.4.3.2', {
  parts: [
    each('Organization', {
      none: null,
      check: (organization, { model }) => {
        const providing = model.all('Supplier').filter(({ provides, operates }) => provides.length > 0 || operates.length > 0);
        if (providing.length <= simpleSupply || organization.exclusions.some(({ subject }) => isFilledIn(subject))) return [];
        return [
          shortfall(`${counted(providing.length, 'supplier')} provide parts of the services, and the scope does not say what lies outside it, with the reason.`, {
            place: placeOf(organization),
            fixes: [addFact('Say what lies outside', placeOf(organization), 'outside "${1:TODO what lies outside}" because "${2:TODO why}"')],
          }),
        ];
      },
    }),
  ],
});

export const ownersAndManagers: Rule = recommended('G.4.4.1', {
  parts: [
    each('Process', {
      none: null,
      check: (process) =>
        isFilledIn(process.owner) ? [] : [shortfall(`The process ${named(process)} has no owner who answers for it. Name one; who runs it day by day stands at its steps.`, { place: placeOf(process), fixes: [addFact('Name its owner', placeOf(process), 'owner ${1:TODO}')] })],
    }),
    system(({ model }) => {
      // An owner who does no step has the daily running done by others: then somebody who does is to be seen.
      const silent = model.all('Process').filter(({ owner, nodes }) => isFilledIn(owner) && nodes.some(({ $type }) => $type === 'Step') && !nodes.some((node) => node.$type === 'Step' && node.responsible.length > 0));
      return silent.map((process) => shortfall(`Nobody is responsible for any step of ${named(process)}, so nobody is seen to run it day by day.`, { place: placeOf(process) }));
    }),
  ],
});
