import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Finding } from '../../language/model/finding.ts';
import { addMonths, type IsoDate } from '../../language/values/date.ts';
import type { CertificationDay, CertificationIntervals } from '../analysis/certification-calendar.ts';

/** In months; what is left out is as the catalogue suggests. */
export interface CertificationSettings extends Partial<Pick<CertificationIntervals, 'systemCheck' | 'surveillance' | 'reassessment'>> {
  /** How long before a day it is announced; two months where left out. */
  readonly announce?: number;
}

const announcedBefore = 2;

export function certificationIntervals(settings: CertificationSettings): Pick<CertificationIntervals, 'systemCheck' | 'surveillance' | 'reassessment'> {
  const { systemCheckMonths, surveillanceMonthsMax, reassessmentMonths } = catalogue.intervalDefaults;
  return {
    systemCheck: settings.systemCheck ?? systemCheckMonths,
    surveillance: settings.surveillance ?? surveillanceMonthsMax,
    reassessment: settings.reassessment ?? reassessmentMonths,
  };
}

/** Days of the certification calendar that are near are announced; those that have passed are asked about. */
export function certificationFindings(calendar: readonly CertificationDay[], asOf: IsoDate, settings: CertificationSettings): Finding[] {
  const horizon = addMonths(asOf, settings.announce ?? announcedBefore);
  return calendar.flatMap((day): Finding[] => {
    if (!day.isFirm) return [];
    if (day.on >= asOf) return day.on <= horizon ? [finding(day, 'information', `${day.what} is due by ${day.on} (${day.basis}).`)] : [];
    switch (day.event) {
      case 'internal-audit':
      case 'management-review':
        // The rules of clauses 9.2.1 and 9.3 say so, with the requirement.
        return [];
      case 'milestone':
        return [finding(day, 'warning', `${day.what} was planned for ${day.on}, and no assessment of that kind is recorded as performed. Record it, or write the new day.`)];
      case 'system-check':
        return [finding(day, 'warning', `${day.what} was due by ${day.on} (${day.basis}): an internal audit, or an assessment of kind system-check. Record it, or set another interval in itsms.config.json.`)];
      case 'surveillance':
        return [finding(day, 'warning', `${day.what} was due by ${day.on} (${day.basis}), and none is recorded as performed since.`)];
      case 'reassessment':
        return [finding(day, 'warning', `${day.what} was due by ${day.on} (${day.basis}): the certificate does not hold any more.`)];
    }
  });
}

function finding({ place }: CertificationDay, severity: 'warning' | 'information', message: string): Finding {
  return { code: 'certification-calendar', severity, message, place, requirements: [], related: [], fixes: [] };
}
