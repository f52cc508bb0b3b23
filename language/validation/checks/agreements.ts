import type { Agreement, Credit, ServiceLevelTarget } from '../../model/declarations.ts';
import type { Path } from '../../model/fragment.ts';
import { compareDecimals, decimalFrom } from '../../values/decimal.ts';
import { parsePercent } from '../../values/percent.ts';
import { isProblem } from '../../values/problem.ts';
import { compareQuantities, parseQuantity, type Quantity } from '../../values/quantity.ts';
import type { Report } from '../report.ts';

type Unit = Quantity['kind'];

const hundred = decimalFrom('100');

/** An agreement's targets and credits, held against each other. */
export function checkAgreement(agreement: Agreement, report: Report): void {
  checkNames(agreement, report);
  agreement.targets.forEach((target, index) => checkTarget(target, ['targets', index], report));
  agreement.credits.forEach((credit, index) => checkCredit(credit, agreement, ['credits', index], report));
  const limits = new Set<string>();
  agreement.workloadLimits.forEach((limit, index) => {
    const key = `${limit.name} ${limit.comparison} ${limit.period ?? ''}`;
    if (limits.has(key)) report.error('repeated-name', ['workloadLimits', index, 'name'], `The workload “${limit.name}” is limited twice in the same way.`);
    limits.add(key);
  });
}

/** A target may be stated again only with the date from which the new statement holds. */
function checkNames(agreement: Agreement, report: Report): void {
  const stated = new Map<string, Set<string>>();
  agreement.targets.forEach(({ name, since }, index) => {
    const dates = stated.get(name);
    if (!dates) stated.set(name, new Set([since ?? '']));
    else if (since === undefined) report.error('repeated-name', ['targets', index, 'name'], `The target “${name}” is stated twice. If it changed, say from when: add “since” and the date.`);
    else if (dates.has(since)) report.error('repeated-name', ['targets', index, 'since'], `The target “${name}” is stated twice since ${since}.`);
    else dates.add(since);
  });
}

function checkTarget(target: ServiceLevelTarget, path: Path, report: Report): void {
  checkShare(target.value, target.measure === 'availability' ? 'An availability' : 'A share', [...path, 'value'], report);
  checkShare(target.share, 'A share', [...path, 'share'], report);
  checkWarning(target, path, report);
}

function checkShare(value: string | undefined, what: string, path: Path, report: Report): void {
  if (value === undefined || !value.endsWith('%')) return;
  const percent = parsePercent(value);
  if (what === 'A share' && path.at(-1) === 'value') return;
  if (!isProblem(percent) && compareDecimals(percent, hundred) > 0) report.error('impossible-value', path, `${what} cannot be over 100%.`);
}

function checkWarning({ warning, value, comparison, measure, metric }: ServiceLevelTarget, path: Path, report: Report): void {
  if (warning === undefined || value === undefined || comparison === undefined || (measure !== 'availability' && metric === undefined)) return;
  compareWarning(value, comparison, warning, [...path, 'warning'], report);
}

/** A warning comes before the target is missed and is stated in the target's unit. */
export function compareWarning(target: string, comparison: string, warning: string, path: Path, report: Report): void {
  const [wanted, early] = [parseQuantity(target), parseQuantity(warning)];
  if (isProblem(wanted) || isProblem(early)) return;
  if (wanted.kind !== early.kind) {
    report.error('wrong-unit', path, `The target is ${unitWords[wanted.kind]} (${target}), so its warning is ${unitWords[wanted.kind]} too.`);
    return;
  }
  const order = compareQuantities(early, wanted);
  const late = order !== undefined && ((comparison.startsWith('>') && order < 0) || (comparison.startsWith('<') && order > 0));
  if (late) report.warning('late-warning', path, `A warning at ${warning} comes when the target of ${comparison} ${target} is missed already.`);
}

export const unitWords: Readonly<Record<Unit, string>> = { percent: 'a percentage', duration: 'a duration', money: 'an amount of money', number: 'a number' };

/** A credit's threshold is stated in what its target is measured in. */
function checkCredit(credit: Credit, agreement: Agreement, path: Path, report: Report): void {
  checkShare(credit.amount, 'A credit', [...path, 'amount'], report);
  const target = agreement.targets.findLast(({ name }) => name === credit.target || `${agreement.name}.${name}` === credit.target);
  const threshold = parseQuantity(credit.threshold);
  if (!target || isProblem(threshold)) return;
  const units = unitsOf(target);
  if (units.length > 0 && !units.includes(threshold.kind)) {
    report.error('wrong-unit', [...path, 'threshold'], `The target “${target.name}” is measured as ${units.map((unit) => unitWords[unit]).join(' or ')}; ${credit.threshold} is ${unitWords[threshold.kind]}.`);
    return;
  }
  const wanted = target.comparison;
  if (wanted !== undefined && credit.comparison !== undefined && wanted[0] === credit.comparison[0] && wanted[0] !== '=') {
    report.warning('credit-for-success', [...path, 'comparison'], `This gives a credit when the target is met: “${target.name}” is ${wanted} ${target.value ?? ''}, the credit is due when it is ${credit.comparison} ${credit.threshold}.`);
  }
}

function unitsOf(target: ServiceLevelTarget): readonly Unit[] {
  if (target.measure === 'availability') return ['percent'];
  if (target.measure !== undefined) return target.onAverage ? ['duration'] : target.share !== undefined ? ['percent'] : ['percent', 'duration'];
  const value = target.value === undefined ? undefined : parseQuantity(target.value);
  return value === undefined || isProblem(value) ? [] : [value.kind];
}
