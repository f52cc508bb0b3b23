/** German. One table per report beside this file; a message that stands in several belongs into `common.json`. */
import type { LanguageTable } from '../languages.ts';
import agreement from './agreement.json' with { type: 'json' };
import auditPack from './audit-pack.json' with { type: 'json' };
import changes from './changes.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import conformance from './conformance.json' with { type: 'json' };
import errorBudgets from './error-budgets.json' with { type: 'json' };
import facts from './facts.json' with { type: 'json' };
import internalAudit from './internal-audit.json' with { type: 'json' };
import livePage from './live-page.json' with { type: 'json' };
import managementReview from './management-review.json' with { type: 'json' };
import processFlows from './process-flows.json' with { type: 'json' };
import processHandbook from './process-handbook.json' with { type: 'json' };
import registers from './registers.json' with { type: 'json' };
import renderers from './renderers.json' with { type: 'json' };
import serviceCatalogue from './service-catalogue.json' with { type: 'json' };
import dashboard from './dashboard.json' with { type: 'json' };
import feasibility from './feasibility.json' with { type: 'json' };
import gapAnalysis from './gap-analysis.json' with { type: 'json' };
import serviceLevels from './service-levels.json' with { type: 'json' };
import serviceReport from './service-report.json' with { type: 'json' };

const two = (part: number): string => String(part).padStart(2, '0');

export const german: LanguageTable = {
  messages: { ...agreement, ...auditPack, ...changes, ...common, ...conformance, ...facts, ...internalAudit, ...livePage, ...managementReview, ...processFlows, ...processHandbook, ...registers, ...renderers, ...serviceCatalogue, ...dashboard, ...feasibility, ...gapAnalysis, ...serviceLevels, ...serviceReport, ...errorBudgets },
  months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
  and: 'und',
  grouping: '.',
  decimal: ',',
  date: ({ year, month, day }) => `${two(day)}.${two(month)}.${year}`,
  dateInWords: ({ year, month, day }) => `${day}. ${month} ${year}`,
  week: (week, year) => `Woche ${week} ${year}`,
};
