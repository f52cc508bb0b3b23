/** Recommendations for clause 4, context of the organization. */
import { placeOf, shortfall } from '../assessment/remark.ts';
import { each, recommended, type Rule } from '../assessment/rule.ts';
import { latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { named } from '../assessment/wording.ts';

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
          ...(words > 0 && organization.sites.length === 0 ? [shortfall('The scope names no site from which services are delivered.', { place: placeOf(organization) })] : []),
        ];
      },
    }),
  ],
});
