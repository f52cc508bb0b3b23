/** The Calendar view: what is due, by how soon; from every declaration that has a day, and from the rhythm of certification. */
import { daysBetween, dateInWords } from '../../../language/values/date.ts';
import { dueDates, horizon, inOrder, type DueDate, type DueKind, type Horizon } from '../../analysis/due-dates.ts';
import type { CertificationDay } from '../../analysis/certification-calendar.ts';
import type { Assessment } from '../../assessment/assessment.ts';
import { counted } from '../../assessment/wording.ts';
import { plain } from '../markdown.ts';
import { colors, joined, line, lines, type ViewInput, type ViewItem } from './view-item.ts';

interface CalendarEntry extends DueDate {
  /** False: the day follows from another that is itself still to come. */
  readonly isFirm: boolean;
}

const groups: readonly { readonly id: keyof Horizon; readonly label: string }[] = [
  { id: 'overdue', label: 'Overdue' },
  { id: 'within30', label: 'Within 30 days' },
  { id: 'within60', label: 'Within 60 days' },
  { id: 'within90', label: 'Within 90 days' },
  { id: 'later', label: 'Later' },
];

const icons: Readonly<Record<DueKind, string>> = {
  review: 'eye',
  agreement: 'law',
  evidence: 'file',
  attestation: 'verified',
  waiver: 'issue-draft',
  action: 'tasklist',
  improvement: 'lightbulb',
  objective: 'target',
  certification: 'mortar-board',
  planned: 'calendar',
  test: 'beaker',
  transition: 'rocket',
};

/** Ids are those of the groups, and in them of what is due: `overdue`, `overdue/Risk:r7 ["review"] review due`. */
export function calendarView(input: ViewInput, parent: string | undefined): readonly ViewItem[] {
  const all = entriesByHorizon(input);
  const entriesOf = (id: keyof Horizon): readonly CalendarEntry[] => all[id] as readonly CalendarEntry[];
  if (parent === undefined) {
    return groups
      .filter(({ id }) => entriesOf(id).length > 0)
      .map(({ id, label }) => ({
        ...line(id === 'overdue' ? 'warning' : 'calendar', { id, label, description: String(entriesOf(id).length), context: 'group', hasChildren: true, isExpanded: id === 'overdue' || id === 'within30' }),
        ...(id === 'overdue' ? { color: colors.error } : {}),
        spoken: `${label}, ${counted(entriesOf(id).length, 'date')}`,
      }));
  }
  const group = groups.find(({ id }) => id === parent);
  return group ? entriesOf(group.id).map((entry) => entryItem(input, group.id, entry)) : [];
}

const known = new WeakMap<Assessment, Horizon>();

/** Computed once for each assessment: the lines of every group are asked for one after the other. */
function entriesByHorizon({ model, assessment, certification, asOf }: ViewInput): Horizon {
  let entries = known.get(assessment);
  if (!entries) {
    const days = certification.map(fromCertification);
    // What certification asks for is said once, in its words; of the milestone it knows whether it has been reached.
    const isSaid = (due: DueDate): boolean => (due.kind === 'certification' && due.place.path?.[0] === 'certification') || days.some(({ on, place }) => on === due.on && JSON.stringify(place) === JSON.stringify(due.place));
    const others = dueDates(model, model).filter((due) => !isSaid(due)).map((due): CalendarEntry => ({ ...due, isFirm: true }));
    known.set(assessment, (entries = horizon(days.length === 0 ? others : inOrder([...days, ...others]), asOf)));
  }
  return entries;
}

function fromCertification({ on, what, basis, place, isFirm }: CertificationDay): CalendarEntry {
  return { kind: 'certification', on, subject: what, event: basis, place, isFirm };
}

function entryItem({ asOf }: ViewInput, group: string, { kind, on, subject, event, owner, place, isFirm }: CalendarEntry): ViewItem {
  const isOverdue = on < asOf;
  const description = joined(`${on}`, event, isFirm ? undefined : 'projected', owner);
  const when = inDays(daysBetween(asOf, on));
  return {
    ...line(icons[kind], {
      id: `${group}/${place.entity} ${JSON.stringify(place.path ?? [])} ${event} ${isFirm ? '' : on}`,
      label: subject,
      description,
      tooltip: lines(`**${plain(subject)}**`, `${plain(event)}: ${dateInWords(on)}, ${when}${isFirm ? '' : ' (projected)'}`, owner && `Who acts: ${plain(owner)}`),
      context: 'date',
      hasChildren: false,
      place,
    }),
    ...(isOverdue ? { color: colors.error } : {}),
    spoken: joined(subject, event, dateInWords(on), when, isFirm ? undefined : 'projected', owner),
  };
}

function inDays(days: number): string {
  return days === 0 ? 'today' : days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
}
